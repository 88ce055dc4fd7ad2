using Platform.Host.Configuration;
using Platform.Host.Themes.HandlebarsNet.Checking;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>Handlebars.Net behind the seam, with the guards its defects need. Only this folder knows the library.</summary>
public sealed class HandlebarsNetEngine : ITemplateEngine
{
    /// <inheritdoc/>
    public IReadOnlyList<Problem> Check(TemplateSource source, IReadOnlyList<Helper> helpers) => TemplateReport.Of(source, helpers).Problems;

    /// <inheritdoc/>
    public ITemplateSet Open(ThemeSources sources, ITemplateSet? previous)
    {
        // What the library is not to see is known of every file before it compiles the first.
        foreach (var source in sources.Pages.Values.Concat(sources.Partials.Values)) _ = source.Problems;
        return new HandlebarsNetSet(sources, previous as HandlebarsNetSet);
    }
}
