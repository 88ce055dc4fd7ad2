using Platform.Host.Configuration;
using Platform.Templating;

namespace Platform.Host.Themes;

/// <summary>All that an engine needs to know of one theme.</summary>
/// <param name="Theme">The theme's name.</param>
/// <param name="Pages">Page name to source, for example <c>news/list</c>.</param>
/// <param name="Partials">Partial name to source, for example <c>member/__header</c>, <c>widgets/pagination</c>.</param>
/// <param name="Ports">What helpers reach outside the engine.</param>
public sealed record ThemeSources(
    string Theme,
    IReadOnlyDictionary<string, TemplateSource> Pages,
    IReadOnlyDictionary<string, TemplateSource> Partials,
    TemplatePorts Ports)
{
    /// <summary>The helpers that plugins bring, each name once.</summary>
    public IReadOnlyList<Helper> Helpers { get; init; } = [];

    /// <summary>The error of a page name that the theme does not have.</summary>
    internal TemplateException Unknown(string name) => new(new Problem(
        $"theme {Theme}", 0, 0, $"template '{name}' is not in theme '{Theme}'.{NearestName.Question(name, Pages.Keys)} Create it, or correct the name."));
}

/// <summary>What helpers reach outside the engine.</summary>
/// <param name="AssetUrl">Theme and asset path (<c>css/site.css</c>) to URL.</param>
/// <param name="Log">Template file and text of <c>{{log}}</c>.</param>
public sealed record TemplatePorts(Func<string, string, string> AssetUrl, Action<string, string> Log)
{
    /// <summary>Asset URLs without a fingerprint, log lines dropped.</summary>
    public static TemplatePorts None { get; } = new((theme, path) => $"/themes/{theme}/{path}", (_, _) => { });
}
