namespace Platform.Sdk;

/// <summary>
/// A plugin that takes over changed settings while it serves. Without it, a change of settings starts the plugin anew beside the
/// old one, which then goes.
/// </summary>
public interface IReloadable
{
    /// <summary>Called when the settings have changed, at most 10 s; calls go on meanwhile. Where it throws, the plugin is started anew with the new settings instead.</summary>
    /// <param name="config">What <see cref="IPlugin.InitAsync"/> is given, with the settings now in force.</param>
    /// <param name="cancel">Cancelled when the time is over or the server stops.</param>
    ValueTask ReloadAsync(PluginConfig config, CancellationToken cancel);
}
