using Platform.Host.Plugins.Isolation;

namespace Platform.Host.Plugins;

/// <summary>How a call of a plugin ended.</summary>
/// <param name="Value">The answer; null: not mine, or failed.</param>
/// <param name="Failure">Why there is no answer; null where the plugin answered.</param>
public readonly record struct PluginOutcome<T>(T? Value, PluginFailure? Failure)
    where T : class
{
    /// <summary>True where the plugin gave no answer because something went wrong.</summary>
    public bool IsFailure => Failure is not null;
}

/// <summary>Why a plugin gave no answer.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Message">In a few words, for the log and /health.</param>
/// <param name="Exception">What it threw, if it did.</param>
public sealed record PluginFailure(PluginFailureKind Kind, string Message, PluginException? Exception = null)
{
    /// <summary>The failure of a call that threw.</summary>
    public static PluginFailure Of(Exception exception) => new(exception is RemoteException { IsEnd: true } ? PluginFailureKind.Crashed : PluginFailureKind.Threw, PluginException.MessageOf(exception), PluginException.Of(exception));
}

/// <summary>The ways in which a call fails.</summary>
public enum PluginFailureKind
{
    /// <summary>The plugin threw, or answered with data the host can't take.</summary>
    Threw,

    /// <summary>Its process ended in the midst of the call, or is not about to be there.</summary>
    Crashed,

    /// <summary>No answer before the deadline.</summary>
    TimedOut,

    /// <summary>All places were taken until the deadline.</summary>
    Busy,

    /// <summary>All places are held by calls that never came back.</summary>
    Hung,

    /// <summary>Switched off for a while after too many failures.</summary>
    Off,
}
