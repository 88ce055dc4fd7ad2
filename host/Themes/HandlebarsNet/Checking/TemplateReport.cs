using System.Runtime.CompilerServices;
using Platform.Host.Configuration;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>What one reading of a template says, whatever theme it stands in.</summary>
/// <param name="Problems">Why it can't be rendered; empty for a good one.</param>
/// <param name="Partials">The partials it names outright.</param>
/// <param name="Inlines">The inline partials it defines.</param>
/// <param name="Calls">The helper calls in it, in file order.</param>
/// <param name="Decimals">The decimal literals in it, in file order.</param>
/// <param name="Comments">The comments in it, in file order.</param>
internal sealed record TemplateReport(
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<PartialReference> Partials,
    IReadOnlyList<string> Inlines,
    IReadOnlyList<Word> Calls,
    IReadOnlyList<Word> Decimals,
    IReadOnlyList<Tag> Comments)
{
    private static readonly ConditionalWeakTable<TemplateSource, TemplateReport> Read = [];

    /// <summary>The report of a source, made once; it holds nothing of the helpers.</summary>
    public static TemplateReport Of(TemplateSource source, params IEnumerable<Helper> helpers) =>
        Read.GetValue(source, file => TemplateCheck.Of(file.File, file.Text, HelperSignature.All(helpers)));
}

/// <summary>A call of a partial.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="MayBeMissing">It has a fallback, or its name is not known before rendering.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal sealed record PartialReference(string Name, bool MayBeMissing, int Line, int Column)
{
    public const string Dynamic = "(…)";
    public const string Block = "@partial-block";
}
