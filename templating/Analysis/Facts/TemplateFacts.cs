using Platform.Templating.Analysis.Facts;

namespace Platform.Templating.Analysis;

/// <summary>What the tree of one template says, whatever theme it stands in. Immutable; made when it is first asked for.</summary>
public sealed class TemplateFacts
{
    private readonly Lazy<IReadOnlyList<DataUse>> data;
    private readonly Lazy<IReadOnlyList<Finding>> unreachable;

    private TemplateFacts(TemplateSyntax syntax)
    {
        var calls = new CallReader(syntax.Source);
        if (syntax.Root is not null) calls.Read(syntax.Root);
        (Partials, InlinePartials, Helpers) = (calls.Partials, calls.Inlines, calls.Helpers);
        data = new(() => Read(syntax));
        unreachable = new(() => BranchReader.Read(syntax));
    }

    /// <summary>The calls of partials, in file order.</summary>
    public IReadOnlyList<PartialUse> Partials { get; }

    /// <summary>The inline partials that are defined.</summary>
    public IReadOnlyList<InlinePartialName> InlinePartials { get; }

    /// <summary>The calls of what must be a helper: with arguments, or in parentheses.</summary>
    public IReadOnlyList<HelperUse> Helpers { get; }

    /// <summary>The data that are read, of a page; partials are not followed.</summary>
    public IReadOnlyList<DataUse> Data => data.Value;

    /// <summary>Branches that are certainly never rendered.</summary>
    public IReadOnlyList<Finding> Unreachable => unreachable.Value;

    /// <summary>The facts of a template; none of one with an error.</summary>
    public static TemplateFacts Of(TemplateSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        return new(syntax);
    }

    private static IReadOnlyList<DataUse> Read(TemplateSyntax syntax)
    {
        var walk = new DataWalk(null);
        walk.Page(syntax);
        return [.. walk.Uses.Select(use => use.Public)];
    }
}

/// <summary>A call of a partial.</summary>
/// <param name="Name">As written; null where it is known at rendering only. <c>@partial-block</c> is one of them.</param>
/// <param name="HasFallback">It has a block that is rendered where there is no such partial.</param>
/// <param name="Place">Of the tag.</param>
public sealed record PartialUse(string? Name, bool HasFallback, TemplatePlace Place);

/// <summary>The definition of an inline partial.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Of the tag.</param>
public sealed record InlinePartialName(string Name, TemplatePlace Place);

/// <summary>A call of what must be a helper or a built-in block.</summary>
/// <param name="Name">As written.</param>
/// <param name="Arguments">How many, those by name not counted.</param>
/// <param name="IsBlock">Called as <c>{{#name}}</c>.</param>
/// <param name="Place">Of the tag or the parenthesis.</param>
public sealed record HelperUse(string Name, int Arguments, bool IsBlock, TemplatePlace Place);

/// <summary>A reading of data.</summary>
/// <param name="Path"><c>title</c>, <c>site.name</c>, <c>items[].title</c>: <c>[]</c> is any entry of a list or map. Empty: all of the data.</param>
/// <param name="IsRelative">From where it is read is not known before rendering: the path is as written.</param>
/// <param name="MayBeHelper">A helper of that name without arguments would be called instead.</param>
/// <param name="Place">Of the path.</param>
public sealed record DataUse(string Path, bool IsRelative, bool MayBeHelper, TemplatePlace Place);
