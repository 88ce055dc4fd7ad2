using Platform.Host.Plugins;
using Platform.Sdk;

namespace Platform.Host.Configuration;

/// <summary>The section <c>plugins</c>: how plugins are called. Each value but the failures' can be set for one plugin under <c>each</c>.</summary>
public sealed record PluginOptions
{
    internal static readonly (string, PluginIsolation)[] Isolations = [("shared-process", PluginIsolation.SharedProcess), ("process", PluginIsolation.Process)];

    /// <summary><c>isolation</c>: where plugins run that don't say, <c>shared-process</c> or <c>process</c>. Default: shared-process.</summary>
    public PluginIsolation Isolation { get; init; }

    /// <summary><c>after_leak</c>: where the next version of a plugin runs whose last one could not be unloaded. Default: shared-process.</summary>
    public PluginIsolation AfterLeak { get; init; }

    /// <summary><c>timeout_ms</c>: a call's deadline, 10 to 60,000 ms. Default: 1,000 ms.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(1000);

    /// <summary><c>concurrency</c>: calls at once to one plugin, 1 to 256. Default: 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary><c>global_data_ttl</c>: how long a plugin's data for every page are kept, 0 to 86,400 s. Default: 300 s.</summary>
    public TimeSpan GlobalDataTimeToLive { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary><c>failures_until_off</c>: failures in a row after which a plugin is switched off for a while, 1 to 1,000. Default: 5.</summary>
    public int FailuresUntilOff { get; init; } = 5;

    /// <summary><c>off_seconds</c>: how long it stays off, 1 to 86,400 s. Default: 30 s.</summary>
    public TimeSpan Off { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>crashes_until_quarantine</c>: crashes of a child process within 60 s after which it is not started again, 1 to 1,000,000. Default: 5.</summary>
    public int CrashesUntilQuarantine { get; init; } = 5;

    /// <summary><c>each</c>: the plugins that have an entry of their own, by name.</summary>
    public IReadOnlyDictionary<string, PluginEntry> Each { get; init; } = new Dictionary<string, PluginEntry>();

    /// <summary>What is in force for a plugin, with or without an entry of its own.</summary>
    public PluginEntry For(string name) => Each.TryGetValue(name, out var entry) ? entry : new()
    {
        Isolation = Isolation,
        Timeout = Timeout,
        Concurrency = Concurrency,
        GlobalDataTimeToLive = GlobalDataTimeToLive,
    };

    internal static PluginOptions Read(SectionReader section)
    {
        var fallback = new PluginOptions();
        var shared = new PluginOptions
        {
            Isolation = section.Choice("isolation", fallback.Isolation, Isolations),
            AfterLeak = section.Choice("after_leak", fallback.AfterLeak, Isolations),
            CrashesUntilQuarantine = section.Number("crashes_until_quarantine", fallback.CrashesUntilQuarantine, 1, 1_000_000, "crashes"),
            Timeout = TimeSpan.FromMilliseconds(section.Number("timeout_ms", (int)fallback.Timeout.TotalMilliseconds, 10, 60_000, "milliseconds")),
            Concurrency = section.Number("concurrency", fallback.Concurrency, 1, 256, "calls"),
            GlobalDataTimeToLive = TimeSpan.FromSeconds(section.Number("global_data_ttl", (int)fallback.GlobalDataTimeToLive.TotalSeconds, 0, 86_400, "seconds")),
            FailuresUntilOff = section.Number("failures_until_off", fallback.FailuresUntilOff, 1, 1000, "failures"),
            Off = TimeSpan.FromSeconds(section.Number("off_seconds", (int)fallback.Off.TotalSeconds, 1, 86_400, "seconds")),
        };
        var each = section.Section("each");
        var entries = new Dictionary<string, PluginEntry>(StringComparer.Ordinal);
        foreach (var name in each.NamesOf("plugins", Names.TryParsePlugin)) entries[name] = PluginEntry.Read(each.Section(name), shared.For(name));
        section.Close();
        return shared with { Each = entries };
    }
}
