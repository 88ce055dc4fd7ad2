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
    public ITemplateSet Open(ThemeSources sources, ITemplateSet? previous) => new HandlebarsNetSet(sources, previous as HandlebarsNetSet);
}
