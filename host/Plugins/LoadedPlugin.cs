using System.Collections.Concurrent;
using Platform.Host.Plugins.Powers;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>One plugin in service: the only place that holds its object and calls it.</summary>
public sealed class LoadedPlugin
{
    private readonly PluginInstance instance;
    private readonly PluginBoundary boundary;
    private readonly GlobalDataCache globalData;
    private readonly LastGood lastGood = new();
    private readonly BackgroundWork? work;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<(string Tenant, string Theme, string Stamp, int Begun), Task<(PluginOutcome<PageData>, RequestReads)>> asking = new();

    /// <summary>Puts an initialized plugin into service.</summary>
    public LoadedPlugin(PluginInstance instance, int order, PluginBoundary boundary, TimeProvider time)
        : this(instance, order, boundary, time, instance is { Plugin: IBackgroundWork plugin, Facts.Work: { } interval } ? new(plugin, interval, time) : null)
    {
    }

    private LoadedPlugin(PluginInstance instance, int order, PluginBoundary boundary, TimeProvider time, BackgroundWork? work)
    {
        (this.instance, this.boundary, this.time, this.work) = (instance, boundary, time, work);
        Order = order;
        // Not by the plugin: the boundary outlives it where a call comes back late.
        var runtime = instance.Runtime;
        boundary.IsAway = () => runtime.State is not null;
        boundary.Refusal = () => runtime.Refusal;
        Helpers = [.. instance.Facts.Helpers.Select(helper => new PluginHelper(helper, boundary).Helper)];
        globalData = new(boundary.Limits.GlobalDataLife, boundary.Limits.KeepsLastGood, time);
    }

    /// <summary>The plugin's name.</summary>
    public string Name => instance.Name;

    /// <summary>The version of its code.</summary>
    public string Version => instance.Runtime.Version;

    /// <summary>What it has; nothing else is asked of it.</summary>
    public PluginFacts Facts => instance.Facts;

    /// <summary>Its place among the plugins; the smaller comes first, the later wins.</summary>
    public int Order { get; }

    /// <summary>How it is, in a word: running, off, hung, or what is the matter with its code.</summary>
    public string State => instance.Runtime.State ?? (boundary.IsHung ? "hung" : boundary.IsOff ? "off" : "running");

    /// <summary>The helpers it brings for templates.</summary>
    public IReadOnlyList<Helper> Helpers { get; }

    /// <summary>Where its failures end; also what is known of them.</summary>
    public PluginBoundary Boundary => boundary;

    /// <summary>The same plugin with other limits; its background work goes on.</summary>
    public LoadedPlugin With(int order, PluginBoundary limited) => new(instance, order, limited, time, work);

    /// <summary>Asks for a page's data.</summary>
    /// <param name="path">The handler's name, or the path.</param>
    /// <param name="request">A request of this call's own.</param>
    /// <param name="key">What the page is known by, for its last good data; null: none are kept.</param>
    public ValueTask<PluginOutcome<PageData>> DataForAsync(string path, RequestParameter request, string? key = null)
    {
        var asked = boundary.CallAsync(CallKind.PageData, cancel => CheckedAsync(instance.Plugin.DataForAsync(path, request, cancel)));
        return key is not null && boundary.Limits.KeepsLastGood ? lastGood.OrKeptAsync(key, asked, request) : asked;
    }

    /// <summary>Asks for an API answer.</summary>
    public ValueTask<PluginOutcome<ApiResult>> ApiDispatchAsync(string app, RequestParameter request) =>
        boundary.CallAsync(CallKind.Api, async cancel =>
        {
            var result = await instance.Plugin.ApiDispatchAsync(app, request, cancel).ConfigureAwait(false);
            if (result is not null) AnswerLimits.Check(result);
            Check((result?.Value as DataMap)?.Size() ?? (result?.Value as DataList)?.Size() ?? new DataSize(0, 1, (result?.Value as string)?.Length ?? 0));
            return result;
        });

    /// <summary>Asks it at its place in the chain.</summary>
    public ValueTask<PluginOutcome<MiddlewareResult>> MiddlewareAsync(RequestParameter request) =>
        boundary.CallAsync(CallKind.Middleware, async cancel =>
        {
            var result = await ((IPageMiddleware)instance.Plugin).InvokeAsync(request, cancel).ConfigureAwait(false);
            if (result is not null) AnswerLimits.Check(result);
            return result;
        });

    /// <summary>Hands it changed settings. What it throws is the caller's affair.</summary>
    public ValueTask ReloadAsync(DataMap settings, DataMap application, string configPath, string folder, CancellationToken cancel) =>
        ((IReloadable)instance.Plugin).ReloadAsync(instance.Powers.Config(settings, application, configPath, folder), cancel);

    /// <summary>Begins its background work, once it is in service.</summary>
    public void Start() => work?.Start(failure =>
    {
        // While its process is started again, or is quarantined, everybody knows.
        if (!boundary.IsAway()) boundary.Record("background work", failure);
    });

    /// <summary>Ends its background work, also that of the same plugin with other limits.</summary>
    public Task StopAsync() => work?.StopAsync(boundary.Limits.Timeout) ?? Task.CompletedTask;

    /// <summary>The plugin's data for every page: kept ones, or asked for now.</summary>
    /// <param name="request">A request of this call's own; what was read of it is marked on it.</param>
    /// <param name="userKey">The user's id and state of rights.</param>
    /// <param name="stamp">The state of the site.</param>
    /// <returns>The data, and what of the request they were made from.</returns>
    public ValueTask<(PluginOutcome<PageData> Outcome, RequestReads Read)> GlobalDataAsync(RequestParameter request, string userKey, string stamp)
    {
        return globalData.TryGet(request, userKey, stamp, out var kept) ? new((new(kept.Data, null), kept.Read)) : new(AskAsync(request, userKey, stamp));
    }

    /// <summary>Forgets kept <c>global_data</c>.</summary>
    public void ClearGlobalData() => globalData.Clear();

    /// <summary>Takes the plugin out of service for good.</summary>
    public Task DisposeAsync() => instance.DisposeAsync(boundary.Limits.Timeout);

    /// <summary>Of many pages that need an answer which is not kept, one asks; the rest use it too where it was made for all.</summary>
    private async Task<(PluginOutcome<PageData> Outcome, RequestReads Read)> AskAsync(RequestParameter request, string userKey, string stamp)
    {
        var own = new TaskCompletionSource<(PluginOutcome<PageData>, RequestReads)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = globalData.Clears;
        var key = (request.Tenant, request.Theme, stamp, begun);
        var asked = asking.GetOrAdd(key, own.Task);
        if (asked != own.Task)
        {
            var answer = await asked;
            if (answer.Item2.Parts == RequestPart.None) return answer;
        }

        try
        {
            var outcome = await boundary.CallAsync(CallKind.GlobalData, cancel => CheckedAsync(instance.Plugin.GlobalDataAsync(request, cancel)));
            if (!outcome.IsFailure) globalData.Keep(request, userKey, stamp, begun, outcome.Value);
            else if (boundary.Limits.KeepsLastGood && globalData.LastGood(request, userKey) is { } last) outcome = outcome with { Value = last };
            own.TrySetResult((outcome, request.Reads));
            return (outcome, request.Reads);
        }
        finally
        {
            asking.TryRemove(new(key, own.Task));
        }
    }

    private async ValueTask<PageData?> CheckedAsync(ValueTask<PageData?> answer)
    {
        var data = await answer.ConfigureAwait(false);
        if (data is null) return null;
        AnswerLimits.Check(data);
        Check(data.Size());
        return data;
    }

    private void Check(DataSize size)
    {
        var limits = boundary.Limits.Result;
        if (size.Depth > limits.MaxDepth) throw new InvalidOperationException($"The data are {size.Depth} levels deep; result.max_depth of this plugin is {limits.MaxDepth}.");
        if (size.Values > limits.MaxValues) throw new InvalidOperationException($"The data hold {size.Values} values; result.max_values of this plugin is {limits.MaxValues}.");
        if (size.Characters > limits.MaxKb * 1024L) throw new InvalidOperationException($"The data hold {size.Characters / 1024} KB of text; result.max_kb of this plugin is {limits.MaxKb}.");
    }
}
