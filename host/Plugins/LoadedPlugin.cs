using System.Collections.Concurrent;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>One plugin in service: the only place that holds its object and calls it.</summary>
public sealed class LoadedPlugin
{
    private readonly IPlugin plugin;
    private readonly PluginBoundary boundary;
    private readonly GlobalDataCache globalData;
    private readonly ConcurrentDictionary<(string Tenant, string Theme, string Stamp), Task<(PluginOutcome<PageData>, RequestPart)>> asking = new();

    /// <summary>Puts an initialized plugin into service.</summary>
    public LoadedPlugin(IPlugin plugin, PluginFacts facts, string name, string version, int order, PluginBoundary boundary, TimeProvider time)
    {
        (this.plugin, this.boundary) = (plugin, boundary);
        (Name, Version, Order) = (name, version, order);
        Facts = facts;
        Helpers = [.. facts.Helpers.Select(helper => new PluginHelper(helper, boundary).Helper)];
        globalData = new(boundary.Limits.GlobalDataLife, time);
    }

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>The version of its assembly.</summary>
    public string Version { get; }

    /// <summary>Its place among the plugins; the smaller comes first, the later wins.</summary>
    public int Order { get; }

    /// <summary>The helpers it brings for templates.</summary>
    public IReadOnlyList<Helper> Helpers { get; }

    /// <summary>Where its failures end; also what is known of them.</summary>
    public PluginBoundary Boundary => boundary;

    /// <summary>What it has; nothing else is asked of it.</summary>
    public PluginFacts Facts { get; }

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
        return globalData.TryGet(request, userKey, stamp, out var kept) ? new((new(kept.Data, null), kept.Read)) : new(AskAsync(request, userKey, stamp));
    }

    /// <summary>Forgets kept <c>global_data</c>.</summary>
    public void ClearGlobalData() => globalData.Clear();

    /// <summary>Takes the plugin out of service: one that is disposable is disposed, in at most its own deadline, switched off or not.</summary>
    public async Task DisposeAsync()
    {
        if (plugin is not (IDisposable or IAsyncDisposable)) return;
        try
        {
            await Task.Run(async () =>
            {
                if (plugin is IAsyncDisposable disposable) await disposable.DisposeAsync().ConfigureAwait(false);
                else ((IDisposable)plugin).Dispose();
            }).WaitAsync(boundary.Limits.Timeout);
        }
        catch (Exception)
        {
            // It goes either way.
        }
    }

    /// <summary>Of many pages that need an answer which is not kept, one asks; the rest use it too where it was made for all.</summary>
    private async Task<(PluginOutcome<PageData> Outcome, RequestPart Read)> AskAsync(RequestParameter request, string userKey, string stamp)
    {
        var own = new TaskCompletionSource<(PluginOutcome<PageData>, RequestPart)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var key = (request.Tenant, request.Theme, stamp);
        var asked = asking.GetOrAdd(key, own.Task);
        if (asked != own.Task)
        {
            var answer = await asked;
            if (answer.Item2 == RequestPart.None) return answer;
        }

        try
        {
            var outcome = await boundary.CallAsync("global_data", cancel => FrozenAsync(plugin.GlobalDataAsync(request, cancel)));
            if (!outcome.IsFailure) globalData.Keep(request, userKey, stamp, outcome.Value);
            own.TrySetResult((outcome, request.PartsRead));
            return (outcome, request.PartsRead);
        }
        finally
        {
            asking.TryRemove(new(key, own.Task));
        }
    }

    private static async ValueTask<PageData?> FrozenAsync(ValueTask<PageData?> answer)
    {
        var data = await answer.ConfigureAwait(false);
        data?.Freeze();
        return data;
    }
}
