using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Platform.Host.Themes.Settings;
using Platform.Templating;

namespace Platform.Host.Themes;

/// <summary>The templates a theme sees: its own, the shared ones and the plugins', each name bound to one file.</summary>
public sealed class Theme
{
    private readonly FrozenDictionary<string, TemplateSource> pages;
    private readonly FrozenSet<string> urls;
    private readonly TemplateLayers layers;
    private readonly TemplateClosures closures;

    internal Theme(string name, TemplateLayers layers, Func<string, TemplateSource> source, ThemeSettings settings, TemplateSetup setup, Theme? previous)
    {
        Name = name;
        Settings = settings;
        this.layers = layers;
        pages = layers.Pages(name).ToFrozenDictionary(p => p.Key, p => source(p.Value), StringComparer.Ordinal);
        var partials = layers.Partials(name).ToFrozenDictionary(p => p.Key, p => source(p.Value), StringComparer.Ordinal);
        urls = pages.Keys.Where(PageNames.MayBeUrl).ToFrozenSet(StringComparer.Ordinal);
        Stamp = Hash($"{settings.ContentSecurityPolicy}", pages, partials);
        closures = new(name, $"{settings.ContentSecurityPolicy}", pages, partials, setup.Helpers.Select(helper => helper.Name).ToHashSet(StringComparer.Ordinal));
        Templates = setup.Engine.Open(new(name, pages, partials, setup.Ports) { Helpers = setup.Helpers }, previous?.Templates);
    }

    /// <summary>The folder's name below <c>themes/</c>.</summary>
    public string Name { get; }

    /// <summary>What the theme's own <c>theme.yaml</c> says.</summary>
    public ThemeSettings Settings { get; }

    /// <summary>A hash over the settings, names and contents of all that this theme can show.</summary>
    public string Stamp { get; }

    private ITemplateSet Templates { get; }

    /// <summary>The template for a URL path without a route, or null. Error pages, partials, widgets and hidden names are never pages.</summary>
    /// <param name="path">Canonical: decoded once, a leading and no trailing slash.</param>
    public string? FindPage(string path)
    {
        foreach (var name in PageNames.Of(path))
        {
            if (urls.Contains(name)) return name;
        }

        return null;
    }

    /// <summary>Where <see cref="FindPage"/> looks, in order, and what it finds; for the debug log.</summary>
    public IEnumerable<string> PageCandidates(string path) =>
        from name in PageNames.Of(path)
        where PageNames.MayBeUrl(name)
        from candidate in layers.PageCandidates(Name, name)
        select candidate.File is null ? $"{candidate.Shown}: no" : $"{candidate.Shown}: found";

    /// <summary>A template name as a route or a plugin writes it (<c>news/list</c>, <c>public/warning/index</c>, <c>404</c>); null where there is none.</summary>
    public string? Find(string name) => pages.ContainsKey(name) ? name : null;

    /// <summary>The known template name nearest to an unknown one, for messages.</summary>
    public string? Nearest(string name) => NearestName.Of(name, pages.Keys);

    /// <summary>The file of a template, from the site root; null where there is none.</summary>
    public string? FileOf(string name) => pages.GetValueOrDefault(name)?.File;

    /// <summary>The template with all that it can call; null where there is none of this name.</summary>
    public TemplateClosure? Closure(string name) => closures.Of(name);

    /// <summary>The template, compiled at its first use.</summary>
    /// <exception cref="TemplateException">There is no such template, or it can't be compiled.</exception>
    public ITemplate Template(string name) => Templates.Get(name);

    private static string Hash(string settings, params IEnumerable<KeyValuePair<string, TemplateSource>>[] parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(settings + "\n"));
        foreach (var part in parts)
        {
            foreach (var (name, source) in part.OrderBy(p => p.Key, StringComparer.Ordinal)) hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{source.File}\0{source.Hash}\n"));
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
