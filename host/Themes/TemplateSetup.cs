using Platform.Templating;
using Platform.Templating.Analysis;

namespace Platform.Host.Themes;

/// <summary>What the templates of a site are made of.</summary>
/// <param name="SiteRoot">The folder of config.yaml; the templates lie in <c>wwwroot/templates</c> below it.</param>
/// <param name="Plugins">The plugins' template folders, first in order first.</param>
/// <param name="Engine">The template engine.</param>
/// <param name="Ports">What helpers reach outside.</param>
/// <param name="Limits">What one rendering may cost; kept for the callers of <see cref="ITemplate.Render"/>.</param>
public sealed record TemplateSetup(string SiteRoot, IReadOnlyList<PluginLayer> Plugins, ITemplateEngine Engine, TemplatePorts Ports, RenderLimits Limits)
{
    /// <summary>The folder of all templates of the site, from the site root.</summary>
    public const string Folder = "wwwroot/templates";

    /// <summary>What is said of the data that pages have; null where nothing is.</summary>
    public DataKeys? Data { get; init; }

    /// <summary>The helpers that plugins bring, each name once. Compiled templates hold them: with others there are new ones.</summary>
    public IReadOnlyList<Helper> Helpers { get; init; } = [];

    /// <summary>Whether a template compiles to the same.</summary>
    internal bool CompilesLike(TemplateSetup other) => Engine == other.Engine && Helpers.SequenceEqual(other.Helpers);

    /// <inheritdoc/>
    public bool Equals(TemplateSetup? other) => other is not null && SiteRoot == other.SiteRoot && Ports == other.Ports && Limits == other.Limits && Equals(Data, other.Data) && CompilesLike(other) && Plugins.SequenceEqual(other.Plugins);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SiteRoot, Ports, Limits);
}

/// <summary>The templates a plugin brings: the lowest layer of every theme.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Folder">Its folder <c>templates</c>; it may be missing.</param>
public sealed record PluginLayer(string Plugin, string Folder);
