using Platform.Sdk;

namespace Platform.Host.Plugins.Powers;

/// <summary>What the host lends to one plugin for as long as it is in service.</summary>
/// <param name="log">Its lines in the log.</param>
/// <param name="pages">The stored pages.</param>
/// <param name="time">The clock.</param>
public sealed class PluginPowers(IPluginLog log, IPageCache pages, TimeProvider time) : IDisposable
{
    private readonly PluginHttp http = new(time);

    /// <summary>What the plugin is told when it starts.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="application">The application's configuration.</param>
    /// <param name="configPath">The full path of config.yaml.</param>
    /// <param name="folder">The full path of its folder.</param>
    public PluginConfig Config(DataMap settings, DataMap application, string configPath, string folder) => new()
    {
        Settings = settings,
        Application = application,
        ConfigPath = configPath,
        Folder = folder,
        Log = log,
        Http = http,
        Pages = pages,
    };

    /// <summary>Ends all outbound calls.</summary>
    public void Dispose() => http.Dispose();
}
