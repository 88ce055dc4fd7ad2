using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>One plugin in service: the only place that holds its object and calls it.</summary>
public sealed class LoadedPlugin
{
    private readonly IPlugin plugin;
    private readonly PluginBoundary boundary;
    private readonly GlobalDataCache globalData;

    /// <summary>Puts an initialized plugin into service.</summary>
    public LoadedPlugin(IPlugin plugin, string name, string version, int order, PluginBoundary boundary, TimeProvider time)
    {
        (this.plugin, this.boundary) = (plugin, boundary);
        (Name, Version, Order) = (name, version, order);
        globalData = new(boundary.Limits.GlobalDataLife, time);
        HasPageData = Implements(nameof(IPlugin.DataForAsync));
        HasGlobalData = Implements(nameof(IPlugin.GlobalDataAsync));
        HasApi = Implements(nameof(IPlugin.ApiDispatchAsync));
    }

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>The version of its assembly.</summary>
    public string Version { get; }

    /// <summary>Its place among the plugins; the smaller comes first, the later wins.</summary>
    public int Order { get; }

    /// <summary>Where its failures end; also what is known of them.</summary>
    public PluginBoundary Boundary => boundary;

    /// <summary>True where it has a <c>data_for</c> of its own; others are not asked.</summary>
    public bool HasPageData { get; }

    /// <summary>True where it has a <c>global_data</c> of its own.</summary>
    public bool HasGlobalData { get; }

    /// <summary>True where it answers API calls.</summary>
    public bool HasApi { get; }

    /// <summary>Asks for a page's data.</summary>
    public ValueTask<PluginOutcome<PageData>> DataForAsync(string path, RequestParameter request) =>
        boundary.CallAsync("data_for", cancel => FrozenAsync(plugin.DataForAsync(path, request, cancel)));

    /// <summary>Asks for an API answer.</summary>
    public ValueTask<PluginOutcome<ApiResult>> ApiDispatchAsync(string app, RequestParameter request) =>
        boundary.CallAsync("api_dispatch", cancel => plugin.ApiDispatchAsync(app, request, cancel));

    /// <summary>The plugin's data for every page: kept ones, or asked for now.</summary>
    /// <param name="request">A request of this call's own; what was read of it is marked on it.</param>
    /// <param name="userKey">The user's id and state of rights.</param>
    /// <param name="stamp">The state of the site.</param>
    /// <returns>The data, and what of the request they were made from.</returns>
    public ValueTask<(PluginOutcome<PageData> Outcome, RequestPart Read)> GlobalDataAsync(RequestParameter request, string userKey, string stamp)
    {
        if (globalData.TryGet(request, userKey, stamp, out var kept)) return new((new(kept.Data, null), kept.Read));
        return AskAsync();

        async ValueTask<(PluginOutcome<PageData>, RequestPart)> AskAsync()
        {
            var outcome = await boundary.CallAsync("global_data", cancel => FrozenAsync(plugin.GlobalDataAsync(request, cancel)));
            if (!outcome.IsFailure) globalData.Keep(request, userKey, stamp, outcome.Value);
            return (outcome, request.PartsRead);
        }
    }

    /// <summary>Forgets kept <c>global_data</c>.</summary>
    public void ClearGlobalData() => globalData.Clear();

    /// <summary>Takes the plugin out of service: one that is disposable is disposed, in at most its own deadline.</summary>
    public async ValueTask DisposeAsync()
    {
        if (plugin is not (IDisposable or IAsyncDisposable)) return;
        await boundary.CallAsync<object>("dispose", async _ =>
        {
            if (plugin is IAsyncDisposable disposable) await disposable.DisposeAsync().ConfigureAwait(false);
            else ((IDisposable)plugin).Dispose();
            return null;
        });
    }

    private static async ValueTask<PageData?> FrozenAsync(ValueTask<PageData?> answer)
    {
        var data = await answer.ConfigureAwait(false);
        data?.Freeze();
        return data;
    }

    private bool Implements(string method)
    {
        var map = plugin.GetType().GetInterfaceMap(typeof(IPlugin));
        var index = Array.FindIndex(map.InterfaceMethods, m => m.Name == method);
        return map.TargetMethods[index].DeclaringType != typeof(IPlugin);
    }
}
