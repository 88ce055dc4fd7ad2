using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Powers;
using Platform.Sdk;

namespace Platform.Bench.Isolation;

/// <summary>What a call of a plugin in the server's process costs beside the same code called without the boundary: its place, deadline, breaker and check of the answer.</summary>
internal static class CallRun
{
    private static readonly RequestParameter Request = new() { Path = "page" };

    /// <summary>Turn by turn, in one process and one thread.</summary>
    public static async Task<CallOutcome> RunAsync(int milliseconds, int rounds)
    {
        using var watchdog = new PluginWatchdog();
        var limits = new PluginLimits { Timeout = TimeSpan.FromSeconds(1), Concurrency = 8, FailuresUntilOff = 5, Off = TimeSpan.FromSeconds(30) };
        var plugin = new SamePage();
        using var powers = new PluginPowers(new PluginLog("same", NullLogger.Instance, TimeProvider.System), new HostPages(null), TimeProvider.System);
        var runtime = new SharedRuntime(new("same", "", "", IsBare: true, ""), new(new(), NullLogger.Instance));
        var loaded = new LoadedPlugin(new(plugin, PluginFacts.Of(plugin), "same", runtime, powers), 1, new PluginBoundary("same", limits, watchdog, TimeProvider.System, NullLogger.Instance), TimeProvider.System);
        var (bare, bounded) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var first = await TimeAsync(milliseconds, async () => _ = await plugin.DataForAsync("page", Request, default));
            var second = await TimeAsync(milliseconds, async () => _ = await loaded.DataForAsync("page", Request));
            if (round < 0) continue;
            bare.Add(first);
            bounded.Add(second);
        }

        return new(Median(bare), Median(bounded));
    }

    private static async Task<double> TimeAsync(int milliseconds, Func<ValueTask> call)
    {
        var (watch, calls) = (Stopwatch.StartNew(), 0L);
        for (; watch.ElapsedMilliseconds < milliseconds; calls += 100)
        {
            for (var i = 0; i < 100; i++) await call();
        }

        return watch.Elapsed.TotalMicroseconds / calls;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class SamePage : IPlugin
    {
        private readonly DataMap model = new() { ["title"] = "Same", ["items"] = Enumerable.Range(0, 50).Select(n => new DataMap { ["n"] = n, ["text"] = $"item {n}" }) };

        public string Name => "same";

        public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => new(new PageData(model));
    }
}

/// <summary>Microseconds of one call.</summary>
public sealed record CallOutcome(double BareUs, double BoundedUs);
