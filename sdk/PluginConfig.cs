namespace Platform.Sdk;

/// <summary>What a plugin is told when it starts.</summary>
public sealed class PluginConfig
{
    /// <summary>This plugin's own settings: <c>plugin.yaml</c> beside it, overlaid by <c>plugins.each.{name}.settings</c> of config.yaml. Never null.</summary>
    public required DataMap Settings { get; init; }

    /// <summary>The application's configuration as it is in force, without secrets and without other plugins' settings.</summary>
    public required DataMap Application { get; init; }

    /// <summary>The full path of config.yaml; its folder is the site root.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>The full path of the plugin's own folder (<c>plugins/bas-site</c>); for a bare assembly the folder <c>plugins</c>. Assemblies are loaded from memory, so <c>Assembly.Location</c> is empty.</summary>
    public required string Folder { get; init; }

    /// <summary>The plugin's own lines in the server's log.</summary>
    public IPluginLog Log { get; init; } = NoHost.Instance;

    /// <summary>HTTP clients for outbound calls.</summary>
    public IPluginHttp Http { get; init; } = NoHost.Instance;

    /// <summary>The stored pages.</summary>
    public IPageCache Pages { get; init; } = NoHost.Instance;
}
