using System.Security.Cryptography;
using System.Text;
using Platform.Host.Configuration;
using Platform.Host.Plugins;
using Platform.Host.Routing;
using Platform.Host.StaticFiles;
using Platform.Host.Themes;
using Platform.Host.Themes.HandlebarsNet;
using Platform.Host.Themes.Native;

namespace Platform.Host.Generations;

/// <summary>
/// Builds the next picture of the site from disk. Each part is built whole and checked; one that has problems keeps its
/// last good state, and the rest goes on.
/// </summary>
public sealed class GenerationBuilder(SiteFolder site, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> commandLine, PluginLoader plugins, AssetUrls assets, ILogger logger)
{
    private readonly PluginContent content = new();
    private readonly NativeEngine native = new();
    private readonly HandlebarsNetEngine handlebarsNet = new();
    private readonly TemplatePorts ports = new(assets.Of, (file, text) => logger.LogInformation("{File}: {Text}", file, text));

    /// <summary>Tries again what failed to start before.</summary>
    public void Retry() => plugins.Retry();

    /// <summary>Builds the first generation, or the one after <paramref name="previous"/>.</summary>
    /// <param name="previous">The generation in force; null at start.</param>
    /// <param name="isDropAllowed">True where a reload may drop sections that protect the site.</param>
    /// <returns>The generation; at start null where config.yaml or routes.json have problems. And all problems, of a first generation but those in templates.</returns>
    public async Task<(Generation? Next, IReadOnlyList<Problem> Problems)> BuildAsync(Generation? previous, bool isDropAllowed = false)
    {
        var problems = new List<Problem>();
        var configuration = ReadConfiguration(previous, isDropAllowed, problems);
        var routes = ReadRoutes(previous, problems);
        if (configuration is null || routes.Table is null) return (null, problems);

        var before = previous?.Plugins ?? PluginSet.Empty;
        var loaded = await plugins.LoadAsync(site, configuration, before);
        try
        {
            var next = Assemble(previous, configuration, (routes.Table, routes.Hash), loaded, problems);
            return (next, next.Problems);
        }
        catch
        {
            foreach (var assembly in loaded.Assemblies.Except(before.Assemblies)) await assembly.DisposeAsync(withCode: before.Assemblies.All(a => a.Runtime != assembly.Runtime));
            throw;
        }
    }

    private Generation Assemble(Generation? previous, ConfigurationResult configuration, (RouteTable Table, string Hash) routes, PluginSet loaded, List<Problem> problems)
    {
        problems.AddRange(loaded.Problems);
        var sources = loaded.Assemblies.OrderBy(a => a.Plugins.Count > 0 ? a.Plugins[0].Order : int.MaxValue).ThenBy(a => a.Source.Name, StringComparer.Ordinal).Select(a => a.Source).ToList();
        var files = StaticFileIndex.Build(site, sources.Where(s => s.WwwRoot is not null).Select(s => (s.Name, s.WwwRoot!)), previous?.StaticFiles ?? StaticFileIndex.Empty, problems);
        assets.Use(files);

        var options = configuration.Options!.Templates;
        var templates = TemplateStore.Build(
            new TemplateSetup(
                site.Root,
                [.. sources.Where(s => s.Templates is not null).Select(s => new PluginLayer(s.Name, s.Templates!))],
                options.Engine == TemplateEngine.HandlebarsNet ? handlebarsNet : native,
                ports,
                new RenderLimits(options.RenderTimeout, options.MaxOutputBytes, options.MaxSteps)) { Helpers = loaded.Helpers, Data = ProvidedData.Of(loaded) },
            previous?.Templates);
        problems.AddRange(templates.Problems);
        problems.AddRange(RouteTemplates.Check(routes.Table, templates.Store));

        var contents = loaded.Assemblies.ToDictionary(assembly => assembly, assembly => content.Of(assembly.Source, assembly.Runtime.CodeHash));
        return new Generation
        {
            Number = (previous?.Number ?? 0) + 1,
            Configuration = configuration,
            Routes = routes.Table,
            RoutesHash = routes.Hash,
            Templates = templates.Store,
            StaticFiles = files,
            Plugins = loaded,
            Versions = new(configuration.Options!, routes.Table, templates.Store, files, loaded, contents),
            Stamp = Hash([PageOptions(configuration), routes.Hash, templates.Store.Stamp, files.Stamp, typeof(Generation).Assembly.ManifestModule.ModuleVersionId.ToString(), .. loaded.Assemblies.Select(a => $"{a.Version} {a.Settings} {contents[a].All}")]),
            Found = problems,
        };
    }

    /// <summary>What of the configuration in force a page can depend on. Where a server listens and what it logs is not of it, so servers that differ there share their pages.</summary>
    private static string PageOptions(ConfigurationResult configuration)
    {
        var (settings, server) = (configuration.ApplicationSettings, configuration.Options!.Server);
        string[] sections = ["ip_access_control", "cache", "templates", "plugins", "api", "auth"];
        return $"{server.Environment} {server.ContentSecurityPolicy} {string.Join('\n', sections.Select(section => DataJson.Text(settings[section])))}";
    }

    private static string Hash(IEnumerable<string> parts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 12));

    private ConfigurationResult? ReadConfiguration(Generation? previous, bool isDropAllowed, List<Problem> problems)
    {
        var read = ConfigurationReader.Read(site.ConfigFile, environment, commandLine, previous?.Configuration);
        problems.AddRange(read.Problems);
        if (previous is null) return read.Options is null ? null : read;
        if (read.Options is null) return previous.Configuration;
        if (isDropAllowed) return read;
        var dropped = ReloadGuard.Check(previous.Configuration, read);
        problems.AddRange(dropped);
        return dropped.Count == 0 ? read : previous.Configuration;
    }

    private (RouteTable? Table, string Hash) ReadRoutes(Generation? previous, List<Problem> problems)
    {
        var hash = "";
        RoutesResult read;
        try
        {
            var bytes = File.ReadAllBytes(site.RoutesFile);
            hash = Convert.ToHexString(SHA256.HashData(bytes));
            if (hash == previous?.RoutesHash) return (previous.Routes, hash);
            read = RoutesReader.Parse(bytes, Path.GetFileName(site.RoutesFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Says why, as for a file that can't be read.
            read = RoutesReader.Read(site.RoutesFile);
        }

        problems.AddRange(read.Problems);
        return read.Table is null ? (previous?.Routes, previous?.RoutesHash ?? "") : (read.Table, hash);
    }
}
