using Platform.Templating;
using Platform.Templating.Analysis;

namespace Platform.Bench.Templates.Escaping;

/// <summary>What the check of themes says of positions that escaping can't help.</summary>
internal static class ThemeCheck
{
    /// <summary>Whether it warns of data in this page: they could become more than text.</summary>
    public static bool Reports(TemplateSyntax page, IReadOnlyDictionary<string, TemplateSyntax> partials) =>
        UnsafePositions.Of(page, partials).Any(finding => finding.Severity >= Severity.Warning);
}
