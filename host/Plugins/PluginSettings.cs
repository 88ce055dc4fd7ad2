using Platform.Host.Configuration;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>The settings of the plugins of one assembly: its plugin.yaml, and over it config.yaml.</summary>
public sealed class PluginSettings(PluginManifest manifest, PluginOptions options)
{
    /// <summary>Reads plugin.yaml where there is one; null where it has problems.</summary>
    public static PluginSettings? Read(PluginSource source, PluginOptions options, ICollection<Problem> problems)
    {
        var file = Path.Combine(source.Folder, "plugin.yaml");
        if (source.IsBare || !File.Exists(file)) return new(PluginManifest.Empty, options);
        return PluginManifest.Read(file, $"plugins/{source.Name}/plugin.yaml", problems) is { } manifest ? new(manifest, options) : null;
    }

    /// <summary>The data that they say they give; null where they do not say.</summary>
    public IReadOnlyList<string>? Provides => manifest.Provides;

    /// <summary>The settings of one plugin.</summary>
    public DataMap For(string plugin) => manifest.SettingsUnder(options.For(plugin));

    /// <summary>What one plugin may cost.</summary>
    public PluginLimits LimitsOf(string plugin)
    {
        var entry = options.For(plugin);
        return new(entry.Timeout, entry.Concurrency, entry.GlobalDataTimeToLive, options.FailuresUntilOff, options.Off);
    }

    /// <summary>Everything configured of these plugins, as text: what differs starts them anew.</summary>
    public string Text(IEnumerable<string> plugins) =>
        string.Join('\n', plugins.Select(name => $"{name} {options.For(name).Enabled} {options.For(name).Order} {LimitsOf(name)} {DataJson.Text(For(name))}"));
}
