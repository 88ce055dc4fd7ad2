using Platform.Templating.Analysis.Html;

namespace Platform.Templating.Analysis;

/// <summary>Where a template prints a value at a place of the HTML that escaping does not protect.</summary>
public static class UnsafePositions
{
    /// <summary>
    /// Follows a page through its blocks and partials. A finding is a <see cref="Severity.Warning"/> where data can become more
    /// than text, and a <see cref="Severity.Note"/> where HTML is printed as text stands: <c>{{{body}}}</c>.
    /// </summary>
    /// <param name="page">The page; one with an error has no findings.</param>
    /// <param name="partials">The theme's partials by name; calls of others are passed over.</param>
    /// <returns>At most one for each tag, in the order of the walk; places may lie in partials.</returns>
    public static IReadOnlyList<Finding> Of(TemplateSyntax page, IReadOnlyDictionary<string, TemplateSyntax> partials)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(partials);
        var walk = new HtmlWalk(partials);
        walk.Page(page);
        return walk.Findings;
    }
}
