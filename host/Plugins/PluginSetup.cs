using Platform.Host.Plugins.Powers;
using Platform.Host.Plugins.Unloading;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>What all plugins of a server have in common.</summary>
/// <param name="Watchdog">Gives up calls past their deadline.</param>
/// <param name="Pages">The stored pages, as plugins may touch them.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where their lines go.</param>
public sealed record PluginSetup(PluginWatchdog Watchdog, IPageCache Pages, TimeProvider Time, ILogger Logger)
{
    /// <summary>Proves that what is let go of goes, and keeps count.</summary>
    public UnloadProof Unloading { get; } = new(new UnloadLedger(), Logger);

    /// <summary>What a plugin may use of the host.</summary>
    public PluginPowers Lend(string plugin) => new(new PluginLog(plugin, Logger, Time), Pages, Time);

    /// <summary>Where a plugin's failures end.</summary>
    public PluginBoundary Bound(string plugin, PluginLimits limits) => new(plugin, limits, Watchdog, Time, Logger);
}
