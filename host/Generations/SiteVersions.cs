using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Plugins;
using Platform.Host.Routing;
using Platform.Host.StaticFiles;
using Platform.Host.Themes;

namespace Platform.Host.Generations;

/// <summary>
/// The versions, in one state of the site, of all that a page can depend on. A page made in another state is still good where each
/// of its dependencies has the version it had then.
/// </summary>
public sealed class SiteVersions
{
    private readonly Dictionary<string, DomainRoutes> domains;
    private const string NotMine = "-";

    private readonly Dictionary<string, string> plugins;
    private readonly Dictionary<string, string> silences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PluginFiles> contents;
    private readonly Dictionary<string, string> settings;
    private readonly ConcurrentDictionary<string, string> folders = new(StringComparer.Ordinal);
    private readonly RouteTable routes;
    private readonly TemplateStore templates;
    private readonly StaticFileIndex files;

    internal SiteVersions(SiteOptions options, RouteTable routes, TemplateStore templates, StaticFileIndex files, PluginSet loaded, IReadOnlyDictionary<PluginAssembly, PluginFiles> contents)
    {
        (this.routes, this.templates, this.files) = (routes, templates, files);
        domains = routes.Domains.ToDictionary(domain => domain.Name, StringComparer.Ordinal);
        plugins = new(StringComparer.Ordinal);
        this.contents = new(StringComparer.Ordinal);
        foreach (var assembly in loaded.Assemblies)
        {
            foreach (var plugin in assembly.Plugins)
            {
                plugins[plugin.Name] = $"{assembly.Version}+{Hash($"{contents[assembly].Code} {assembly.Settings}")}";
                this.contents[plugin.Name] = contents[assembly];
                silences[plugin.Name] = $"{NotMine}{plugins[plugin.Name]} {contents[assembly].All}";
            }
        }

        var (access, cache) = (options.IpAccess, options.Cache);
        settings = new(StringComparer.Ordinal)
        {
            ["server.content_security_policy"] = Hash(options.Server.ContentSecurityPolicy),
            ["ip_access_control"] = $"{access.Enabled} {access.Unlisted}",
            ["cache.ttl"] = $"{cache.TimeToLive.TotalSeconds} s",
            ["cache.ignore_query"] = Hash(string.Join(' ', cache.IgnoreQuery)),
            ["templates.engine"] = $"{options.Templates.Engine}",
            ["plugins"] = Hash(string.Join(' ', loaded.Plugins.Select(plugin => plugin.Name))),
        };
        Settings = [.. settings.Select(setting => new Dependency(DependencyKind.Configuration, setting.Key, setting.Value)), new(DependencyKind.Site, "platform", Code)];
    }

    /// <summary>What every page depends on: settings of the server, which plugins there are and in which order, and the server's own code.</summary>
    public IReadOnlyList<Dependency> Settings { get; }

    private static string Code { get; } = typeof(SiteVersions).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..12];

    /// <summary>A dependency on a plugin.</summary>
    public Dependency Plugin(string name) => new(DependencyKind.Plugin, name, plugins.GetValueOrDefault(name, ""));

    /// <summary>A dependency on a plugin that was asked and had nothing to say: it may have once it, or a file that it reads, has changed.</summary>
    public Dependency Silence(string name) => new(DependencyKind.Plugin, name, silences.GetValueOrDefault(name, NotMine));

    /// <summary>True for what <see cref="Silence"/> gives.</summary>
    public static bool IsSilence(Dependency dependency) => dependency.Kind == DependencyKind.Plugin && dependency.Version.StartsWith(NotMine, StringComparison.Ordinal);

    /// <summary>Dependencies on a plugin's files: those named, or where none are all that it may read.</summary>
    public IEnumerable<Dependency> Files(string plugin, IReadOnlyList<string>? named) =>
        (named ?? ["*"]).Select(file => Now(new(DependencyKind.File, $"{plugin}/{file}", "")));

    /// <summary>A dependency on what answers a path.</summary>
    public Dependency Route(DomainRoutes domain, string path) => Now(new(DependencyKind.Route, $"{domain.Name} {path}", ""));

    /// <summary>A dependency on a template.</summary>
    public Dependency Template(string theme, string name) => Now(new(DependencyKind.Template, $"{theme}/{name}", ""));

    /// <summary>A dependency on an asset of a theme.</summary>
    public static Dependency Asset(string theme, string path, string url) => new(DependencyKind.Asset, $"{theme} {path}", url);

    /// <summary>The same dependency with the version it has in this state; an empty one where there is none such any more.</summary>
    public Dependency Now(Dependency dependency) => dependency with { Version = VersionOf(dependency) ?? "" };

    /// <summary>True where what a page depends on is as it was.</summary>
    public bool Holds(Dependency dependency) => VersionOf(dependency) is { } version && version == dependency.Version;

    private string? VersionOf(Dependency dependency)
    {
        var name = dependency.Name;
        switch (dependency.Kind)
        {
            case DependencyKind.Template when name.IndexOf('/') is > 0 and var slash:
                return templates.Theme(name[..slash])?.Closure(name[(slash + 1)..])?.Version;
            case DependencyKind.Route when name.IndexOf(' ') is >= 0 and var space:
                return RouteOf(name[..space], name[(space + 1)..]);
            case DependencyKind.Configuration:
                return settings.GetValueOrDefault(name);
            case DependencyKind.Plugin:
                return plugins.GetValueOrDefault(name);
            case DependencyKind.Asset when name.IndexOf(' ') is > 0 and var space:
                return files.AssetUrl(name[..space], name[(space + 1)..]);
            case DependencyKind.File when name.IndexOf('/') is > 0 and var slash && contents.GetValueOrDefault(name[..slash]) is { } content:
                return name[(slash + 1)..] is "*" ? content.All : name.EndsWith("/*", StringComparison.Ordinal) ? folders.GetOrAdd(name, _ => Below(content, name[(slash + 1)..^1])) : content.Files.GetValueOrDefault(name[(slash + 1)..], "none");
            case DependencyKind.Site:
                return Code;
            default:
                return null;
        }
    }

    /// <summary>What answers a path, as text: the route with all that it says, or the template that is found by the path's name.</summary>
    private string RouteOf(string domain, string path)
    {
        var all = domains.GetValueOrDefault(domain, routes.Other);
        // Another one stands in for a theme that is not there.
        var theme = templates.Theme(all.Theme) ?? templates.Theme(routes.Other.Theme);
        if (all.Match("GET", path).Route is not { Definition: var route }) return $"template {theme?.FindPage(path) ?? "none"} {theme?.Name}";
        var (cache, auth) = (route.Cache, route.Auth is { } wanted ? string.Join(',', wanted.Permissions) : "-");
        // A route without a template may find one by the path.
        var found = route.Template is null ? theme?.FindPage(path) : null;
        return Hash($"{theme?.Name} {route.Method} {route.Path} {route.Handler} {route.Template} {found} {route.Redirect} {route.ContentType} {auth} {cache.IsEnabled} {cache.TimeToLive} {(cache.VaryQuery is { } query ? string.Join(',', query) : "*")}");
    }

    private static string Below(PluginFiles content, string folder) => Hash(string.Join('\n', content.Files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)).Select(file => $"{file.Key} {file.Value}")));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
