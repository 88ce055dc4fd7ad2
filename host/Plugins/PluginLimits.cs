namespace Platform.Host.Plugins;

/// <summary>What one plugin may cost, as configured.</summary>
/// <param name="Timeout">The deadline of one call.</param>
/// <param name="Concurrency">Calls at once; more wait for a place until their deadline.</param>
/// <param name="GlobalDataLife">How long an answer of <c>global_data</c> is kept; zero: never.</param>
/// <param name="FailuresUntilOff">Failures in a row until the plugin is switched off for a while.</param>
/// <param name="Off">How long it then stays off before one call tries it again.</param>
public sealed record PluginLimits(TimeSpan Timeout, int Concurrency, TimeSpan GlobalDataLife, int FailuresUntilOff, TimeSpan Off);
