using Platform.Host.Plugins;
using Platform.Sdk;

namespace Platform.Host.Configuration;

/// <summary>What is in force for one plugin.</summary>
public sealed record PluginEntry
{
    /// <summary><c>enabled</c>: whether the plugin is loaded. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>order</c>: its place among the plugins, 0 to 10,000; the later one's data win, and equals go by name. Default: 100.</summary>
    public int Order { get; init; } = 100;

    /// <summary><c>isolation</c>: where it runs. Default: that of all plugins; with a command its own process.</summary>
    public PluginIsolation Isolation { get; init; }

    /// <summary><c>group</c>: plugins of one group share a child process; null: one of its own. Default: null.</summary>
    public string? Group { get; init; }

    /// <summary><c>command</c>: what starts it, where it is no assembly; empty: as plugin.yaml says. Default: empty.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary><c>required</c>: whether its failure makes an error page. Default: false.</summary>
    public bool Required { get; init; }

    /// <summary><c>last_good</c>: whether its last good data stand in where it fails. Default: false.</summary>
    public bool LastGood { get; init; }

    /// <summary><c>timeout_ms</c>: a call's deadline, 10 to 60,000 ms. Default: that of all plugins.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary><c>deadlines</c>: those of single kinds of call. Default: <c>timeout_ms</c>.</summary>
    public CallDeadlines Deadlines { get; init; } = new();

    /// <summary><c>concurrency</c>: calls at once, 1 to 256. Default: that of all plugins.</summary>
    public int Concurrency { get; init; }

    /// <summary><c>global_data_ttl</c>: how long its data for every page are kept, 0 to 86,400 s. Default: that of all plugins.</summary>
    public TimeSpan GlobalDataTimeToLive { get; init; }

    /// <summary><c>result</c>: how large an answer may be.</summary>
    public ResultLimits Result { get; init; } = new();

    /// <summary><c>child</c>: what its process may use, where it has one.</summary>
    public ChildLimits Child { get; init; } = new();

    /// <summary><c>settings</c>: the plugin's own, laid over those of its plugin.yaml.</summary>
    public DataMap Settings { get; init; } = new();

    /// <summary>Where the setting of a path such as <c>feed.url</c> stands in the file, or else the settings.</summary>
    public Func<string, Position> SettingAt { get; init; } = _ => new("config.yaml", 0, 0);

    internal static PluginEntry Read(SectionReader section, PluginEntry shared)
    {
        var timeout = section.Number("timeout_ms", (int)shared.Timeout.TotalMilliseconds, 10, 60_000, "milliseconds");
        var settings = section.Ask("settings");
        var entry = new PluginEntry
        {
            Enabled = section.Flag("enabled", shared.Enabled),
            Order = section.Number("order", shared.Order, 0, 10_000),
            Isolation = section.Choice("isolation", shared.Isolation, PluginOptions.Isolations),
            Group = section.Optional<string>("group", Names.TryParsePlugin),
            Command = section.List<string>("command", shared.Command, Names.TryParseArgument, allowsNone: false),
            Required = section.Flag("required", shared.Required),
            LastGood = section.Flag("last_good", shared.LastGood),
            Timeout = TimeSpan.FromMilliseconds(timeout),
            Deadlines = CallDeadlines.Read(section.Section("deadlines"), timeout),
            Concurrency = section.Number("concurrency", shared.Concurrency, 1, 256, "calls"),
            GlobalDataTimeToLive = TimeSpan.FromSeconds(section.Number("global_data_ttl", (int)shared.GlobalDataTimeToLive.TotalSeconds, 0, 86_400, "seconds")),
            Result = ResultLimits.Read(section.Section("result")),
            Child = ChildLimits.Read(section.Section("child")),
            Settings = SettingsValue.MapOf(settings, $"{section.Path}.settings", section.Problems),
            SettingAt = path => Find(settings, path)?.At ?? section.At("settings"),
        };
        if (entry.Group is not null && entry.Isolation != PluginIsolation.Process)
            section.Refuse("group", $"\"{entry.Group}\" with isolation shared-process; expected isolation: process, where plugins of a group share a process. Add it, or remove the group.");
        if (entry.Command.Count > 0 && entry.Group is not null)
            section.Refuse("group", $"\"{entry.Group}\" with a command; a command has a process of its own. Remove one of the two.");
        section.Close();
        return entry;
    }

    private static Node? Find(Node? settings, string path) => path.Split('.').Aggregate(settings, (node, key) => node?[key]);
}
