using Platform.Host.Configuration;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>What holds for the plugins of one assembly or command: its plugin.yaml, and over it config.yaml.</summary>
public sealed class PluginSettings(PluginSource source, PluginManifest manifest, PluginOptions options)
{
    /// <summary>Reads plugin.yaml where there is one; null where it has problems.</summary>
    public static PluginSettings? Read(PluginSource source, PluginOptions options, ICollection<Problem> problems)
    {
        var file = Path.Combine(source.Folder, "plugin.yaml");
        if (source.IsBare || !File.Exists(file)) return new(source, PluginManifest.Empty, options);
        return PluginManifest.Read(file, $"plugins/{source.Name}/plugin.yaml", problems) is { } manifest ? new(source, manifest, options) : null;
    }

    /// <summary>What the plugin says of itself.</summary>
    public PluginManifest Manifest => manifest;

    /// <summary>The names it may be required by before it is loaded: its file's, and the one in plugin.yaml.</summary>
    public IReadOnlyList<string> KnownNames => manifest.Name is { } name && name != source.Name ? [source.Name, name] : [source.Name];

    /// <summary>What is configured of its code as a whole, before its plugins' own names are known.</summary>
    public PluginEntry Code => options.For(KnownNames.LastOrDefault(options.Each.ContainsKey) ?? source.Name);

    /// <summary>What starts it; empty where it is an assembly.</summary>
    public IReadOnlyList<string> Command => Code.Command.Count > 0 ? Code.Command : manifest.Command;

    /// <summary>True where it may run.</summary>
    public bool IsEnabled => KnownNames.All(name => options.For(name).Enabled);

    /// <summary>Where its code runs.</summary>
    /// <param name="hasLeaked">True where an older version of it could not be unloaded.</param>
    public PluginIsolation Isolation(bool hasLeaked) =>
        Command.Count > 0 ? PluginIsolation.Command
        : hasLeaked && options.AfterLeak == PluginIsolation.Process ? PluginIsolation.Process
        : Code.Isolation;

    /// <summary>What is on disk and configured of all plugins of its group: a change of one starts them all anew. Empty without a group.</summary>
    public string GroupStamp { get; set; } = "";

    /// <summary>Crashes within a minute after which its process is not started again.</summary>
    public int CrashesUntilQuarantine => options.CrashesUntilQuarantine;

    /// <summary>The settings of one plugin.</summary>
    public DataMap For(string plugin) => manifest.Settings.Over(options.For(plugin).Settings);

    /// <summary>What is wrong with the settings of one plugin.</summary>
    public IEnumerable<Problem> Check(string plugin) => manifest.Settings.Check(plugin, options.For(plugin).Settings, options.For(plugin).SettingAt);

    /// <summary>What one plugin may cost.</summary>
    public PluginLimits LimitsOf(string plugin) => PluginLimits.Of(options, options.For(plugin));

    /// <summary>The place of a plugin among the others.</summary>
    public int OrderOf(string plugin) => options.For(plugin).Order;

    /// <summary>True where a plugin may run.</summary>
    public bool IsUsed(string plugin) => options.For(plugin).Enabled;

    /// <summary>What its code must be started anew for, as text.</summary>
    public string CodeText(IEnumerable<string> plugins, PluginIsolation isolation) =>
        $"{isolation} {Code.Group} {GroupStamp} {string.Join(' ', Command)} {(isolation == PluginIsolation.SharedProcess ? "" : $"{Code.Child} {Code.Result}")}\n{string.Join('\n', plugins.Select(name => $"{name} {IsUsed(name)}"))}";

    /// <summary>The settings of the plugins as text.</summary>
    public string SettingsText(IEnumerable<string> plugins) => string.Join('\n', plugins.Select(name => $"{name} {DataJson.Text(For(name))}"));

    /// <summary>What the plugins may cost and where they stand, as text: a change of it needs nothing of the plugin.</summary>
    public string LimitsText(IEnumerable<string> plugins) => string.Join('\n', plugins.Select(name => $"{name} {OrderOf(name)} {LimitsOf(name)}"));
}
