using Platform.Templating;

namespace Platform.Bench.Templates.Escaping;

/// <summary>What the check of themes says of positions that escaping can't help.</summary>
internal static class ThemeCheck
{
    /// <summary>Null as long as there is no such check. HOOK: Platform.Templating.Analysis.UnsafePositions.Of(page, partials).Count > 0</summary>
    public static bool? Reports(TemplateSyntax page, IReadOnlyDictionary<string, TemplateSyntax> partials) => page.Error is null && partials.Count > 0 ? null : false;
}
