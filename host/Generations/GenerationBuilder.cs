using System.Security.Cryptography;
using System.Text;
using Platform.Host.Configuration;
using Platform.Host.Plugins;
using Platform.Host.Routing;
using Platform.Host.StaticFiles;
using Platform.Host.Themes;

namespace Platform.Host.Generations;

/// <summary>
/// Builds the next picture of the site from disk. Each part is built whole and checked; one that has problems keeps its
/// last good state, and the rest goes on.
/// </summary>
public sealed class GenerationBuilder(SiteFolder site, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> commandLine, PluginLoader plugins, AssetUrls assets, ILogger logger)
{
    private readonly PluginContent content = new();

    /// <summary>Builds the first generation, or the one after <paramref name="previous"/>.</summary>
    /// <param name="previous">The generation in force; null at start.</param>
    /// <param name="isDropAllowed">True where a reload may drop sections that protect the site.</param>
    /// <returns>The generation; at start null where config.yaml or routes.json have problems. And all problems.</returns>
    public async Task<(Generation? Next, IReadOnlyList<Problem> Problems)> BuildAsync(Generation? previous, bool isDropAllowed = false)
    {
        var problems = new List<Problem>();
        var configuration = ReadConfiguration(previous, isDropAllowed, problems);
        var routes = ReadRoutes(previous, problems);
        if (configuration is null || routes is null) return (null, problems);

        var loaded = await plugins.LoadAsync(site, configuration, previous?.Plugins ?? PluginSet.Empty);
        problems.AddRange(loaded.Problems);
        var sources = loaded.Assemblies.OrderBy(a => a.Plugins.Count > 0 ? a.Plugins[0].Order : int.MaxValue).ThenBy(a => a.Source.Name, StringComparer.Ordinal).Select(a => a.Source).ToList();
        var files = StaticFileIndex.Build(site, sources.Where(s => s.WwwRoot is not null).Select(s => (s.Name, s.WwwRoot!)), previous?.StaticFiles ?? StaticFileIndex.Empty, problems);
        assets.Use(files);

        var options = configuration.Options!.Templates;
        var templates = TemplateStore.Build(
            site.Root,
            [.. sources.Where(s => s.Templates is not null).Select(s => new TemplateLayer(s.Name, s.Templates!))],
            new TemplatePorts(assets.Of, (file, text) => logger.LogInformation("{File}: {Text}", file, text)),
            previous?.Templates);
        problems.AddRange(templates.Problems);

        var next = new Generation
        {
            Number = (previous?.Number ?? 0) + 1,
            Configuration = configuration,
            Routes = routes,
            Templates = templates,
            StaticFiles = files,
            Plugins = loaded,
            Stamp = Hash([configuration.Text, DataJson.Text(configuration.ApplicationSettings["cache"]), routes.Stamp, templates.Stamp, files.Stamp, typeof(Generation).Assembly.ManifestModule.ModuleVersionId.ToString(), .. sources.Select(content.HashOf)]),
            Problems = problems,
        };
        return (next, problems);
    }

    private static string Hash(IEnumerable<string> parts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 12));

    private ConfigurationResult? ReadConfiguration(Generation? previous, bool isDropAllowed, List<Problem> problems)
    {
        var read = ConfigurationReader.Read(site.ConfigFile, environment, commandLine);
        problems.AddRange(read.Problems);
        if (previous is null) return read.Options is null ? null : read;
        if (read.Options is null) return previous.Configuration;
        if (isDropAllowed) return read;
        var dropped = ReloadGuard.Check(previous.Configuration, read);
        problems.AddRange(dropped);
        return dropped.Count == 0 ? read : previous.Configuration;
    }

    private RouteTable? ReadRoutes(Generation? previous, List<Problem> problems)
    {
        var read = RoutesReader.Read(site.RoutesFile);
        problems.AddRange(read.Problems);
        return read.Table ?? previous?.Routes;
    }
}
