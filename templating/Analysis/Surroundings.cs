using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis;

/// <summary>What a place sees of the file it stands in and of the calls that led there. Compared by reference.</summary>
/// <param name="source">The file.</param>
/// <param name="inlines">The inline partials in view.</param>
/// <param name="block">What <c>@partial-block</c> means.</param>
/// <param name="parameters">The block parameters in view.</param>
internal sealed class Surroundings(TemplateSource source, InlinePartial? inlines, PartialBody? block, Parameters? parameters)
{
    public TemplateSource Source => source;

    public InlinePartial? Inlines => inlines;

    public PartialBody? Block => block;

    public Parameters? Parameters => parameters;

    /// <summary>As it is in a program, with the inline partials and the block parameters that it defines.</summary>
    /// <param name="program">The program.</param>
    /// <param name="paths">Where the values of its parameters lie in the data, as far as that is known.</param>
    public Surroundings In(ProgramNode program, params string?[] paths)
    {
        var all = inlines;
        foreach (var node in program.Body)
        {
            if (node is DecoratorBlockNode { Program: { } body, Call.Arguments: [LiteralNode name] }) all = new(name.Original, body, this, all);
        }

        for (var added = all; added != inlines; added = added.Next) added!.Seen = all;
        return all == inlines && program.BlockParams.Length == 0 ? this : new(source, all, block, Parameters.With(parameters, program, paths));
    }

    /// <summary>As it is in an inline partial that is called here.</summary>
    public static Surroundings Of(InlinePartial inline, PartialBody? block) => new(inline.At.Source, inline.Seen, block, inline.At.Parameters);
}

/// <summary><c>{{#*inline "name"}}</c> and where it was defined.</summary>
internal sealed class InlinePartial(string name, ProgramNode program, Surroundings at, InlinePartial? next)
{
    public ProgramNode Program => program;

    public Surroundings At => at;

    public InlinePartial? Next => next;

    /// <summary>The inline partials that itself can call.</summary>
    public InlinePartial? Seen { get; set; }

    public static InlinePartial? Find(InlinePartial? all, string wanted)
    {
        while (all is not null && all.HasOtherName(wanted)) all = all.Next;
        return all;
    }

    private bool HasOtherName(string wanted) => name != wanted;
}

/// <summary>The content of a <c>{{#> name}}</c> and where it stands.</summary>
internal sealed class PartialBody(ProgramNode program, Surroundings at)
{
    public ProgramNode Program => program;

    public Surroundings At => at;
}

/// <summary>The block parameters that a place sees; they hide helpers and data of their name.</summary>
/// <param name="Names">Of one block.</param>
/// <param name="Paths">Where their values lie in the data; null or missing where that is not known.</param>
/// <param name="Outer">Of the blocks around it.</param>
internal sealed record Parameters(string[] Names, string?[] Paths, Parameters? Outer)
{
    public static Parameters? With(Parameters? outer, ProgramNode program, string?[] paths) => program.BlockParams.Length == 0 ? outer : new(program.BlockParams, paths, outer);

    /// <summary>Whether there is a parameter of the name, and the path of its value.</summary>
    public static bool TryFind(Parameters? all, string name, out string? path)
    {
        for (; all is not null; all = all.Outer)
        {
            if (Array.IndexOf(all.Names, name) is not (>= 0 and var index)) continue;
            path = all.Paths.ElementAtOrDefault(index);
            return true;
        }

        path = null;
        return false;
    }
}
