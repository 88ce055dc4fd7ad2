using Platform.Host.Plugins.Powers;
using Platform.Host.Plugins.Unloading;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>What all plugins of a server have in common.</summary>
/// <param name="Watchdog">Gives up calls past their deadline.</param>
/// <param name="Pages">The stored pages, as plugins may touch them.</param>
/// <param name="Unloads">What became of versions that were let go of.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where their lines go.</param>
public sealed record PluginSetup(PluginWatchdog Watchdog, IPageCache Pages, UnloadLedger Unloads, TimeProvider Time, ILogger Logger)
{
    /// <summary>Proves that a plugin's code is gone.</summary>
    public UnloadProof Unloading { get; } = new(Unloads, Logger);

    /// <summary>What a plugin may use of the host.</summary>
    public PluginPowers Lend(string plugin) => new(new PluginLog(plugin, Logger, Time), Pages, Time);

    /// <summary>Where a plugin's failures end.</summary>
    public PluginBoundary Bound(string plugin, PluginLimits limits) => new(plugin, limits, Watchdog, Time, Logger);
}
