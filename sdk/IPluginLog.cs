namespace Platform.Sdk;

/// <summary>The plugin's own lines in the server's log; each bears the plugin's name.</summary>
/// <remarks>A line is cut at 4,096 characters, control characters are escaped, and of more than 100 lines a second the rest are counted and not written.</remarks>
public interface IPluginLog
{
    /// <summary>Writes a line.</summary>
    /// <param name="level">How much it matters; lines under <c>logging.level</c> are not written.</param>
    /// <param name="message">The line.</param>
    void Write(PluginLogLevel level, string message);

    /// <summary>For whoever looks for a mistake.</summary>
    void Debug(string message) => Write(PluginLogLevel.Debug, message);

    /// <summary>Worth knowing.</summary>
    void Information(string message) => Write(PluginLogLevel.Information, message);

    /// <summary>Something should be looked at.</summary>
    void Warning(string message) => Write(PluginLogLevel.Warning, message);

    /// <summary>Something does not work.</summary>
    void Error(string message) => Write(PluginLogLevel.Error, message);
}

/// <summary>How much a line matters.</summary>
public enum PluginLogLevel
{
    /// <summary>For whoever looks for a mistake.</summary>
    Debug,

    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Something should be looked at.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Error,
}
