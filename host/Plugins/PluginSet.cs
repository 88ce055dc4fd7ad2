using System.Collections.Concurrent;
using Platform.Host.Configuration;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>The plugins in force, in their order; immutable.</summary>
public sealed class PluginSet
{
    private readonly LoadedPlugin[] beforeCache;
    private readonly LoadedPlugin[] beforePage;
    private readonly ConcurrentDictionary<(string Key, string Earlier, string Later), bool> collisions = new();

    /// <summary>The set of these assemblies' plugins.</summary>
    public PluginSet(IReadOnlyList<PluginAssembly> assemblies, IReadOnlyList<Problem> problems, IReadOnlyList<string>? missing = null)
    {
        (Assemblies, Problems, Missing) = (assemblies, problems, missing ?? []);
        Plugins = [.. assemblies.SelectMany(a => a.Plugins).OrderBy(p => p.Order).ThenBy(p => p.Name, StringComparer.Ordinal)];
        PageData = [.. Plugins.Where(p => p.Facts.PageData)];
        GlobalData = [.. Plugins.Where(p => p.Facts.GlobalData)];
        Api = [.. Plugins.Where(p => p.Facts.Api)];
        beforeCache = At(MiddlewareSlot.BeforeCache);
        beforePage = At(MiddlewareSlot.BeforePage);
        Apps = assemblies.Where(a => a.Plugins.Count > 0).SelectMany(a => a.Manifest.Provides.Apps.Select(app => (app, a.Plugins[0].Name))).DistinctBy(pair => pair.app).ToDictionary(pair => pair.app, pair => pair.Name, StringComparer.Ordinal);
        Helpers = [.. Plugins.SelectMany(p => p.Helpers).GroupBy(helper => helper.Name, StringComparer.Ordinal).Select(same => same.Last())];
    }

    /// <summary>No plugins.</summary>
    public static PluginSet Empty { get; } = new([], []);

    /// <summary>What is loaded.</summary>
    public IReadOnlyList<PluginAssembly> Assemblies { get; }

    /// <summary>What could not be loaded, and why.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Plugins that are installed and that every page needs, but that could not be started.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>All plugins in order.</summary>
    public IReadOnlyList<LoadedPlugin> Plugins { get; }

    /// <summary>Those with a <c>data_for</c>, in order.</summary>
    public LoadedPlugin[] PageData { get; }

    /// <summary>Those with a <c>global_data</c>, in order.</summary>
    public LoadedPlugin[] GlobalData { get; }

    /// <summary>Those with an <c>api_dispatch</c>, in order.</summary>
    public LoadedPlugin[] Api { get; }

    /// <summary>The API apps that plugins say they answer, and by whom.</summary>
    public IReadOnlyDictionary<string, string> Apps { get; }

    /// <summary>The helpers they bring, each name once: that of the last plugin in order.</summary>
    public IReadOnlyList<Helper> Helpers { get; }

    /// <summary>Those that stand at a place of the chain, in order.</summary>
    public LoadedPlugin[] Middleware(MiddlewareSlot slot) => slot == MiddlewareSlot.BeforeCache ? beforeCache : beforePage;

    /// <summary>True the first time this pair of plugins is seen to give the same key.</summary>
    public bool IsNewCollision(string key, string earlier, string later) => collisions.Count < 1000 && collisions.TryAdd((key, earlier, later), true);

    private LoadedPlugin[] At(MiddlewareSlot slot) => [.. Plugins.Where(plugin => plugin.Facts.Middleware == slot)];
}
