using Platform.Sdk;

namespace Platform.Host.Plugins.Powers;

/// <summary>The lines of one plugin in the log: each bears its name, none can look like another's, and a flood is counted instead of written.</summary>
public sealed class PluginLog(string plugin, ILogger logger, TimeProvider time) : IPluginLog
{
    private const int MaxLength = 4096;
    private const int MaxLinesASecond = 100;

    private readonly Lock counting = new();
    private long second = long.MinValue;
    private int lines;
    private int dropped;

    /// <inheritdoc/>
    public void Write(PluginLogLevel level, string message)
    {
        var to = Level(level);
        if (!logger.IsEnabled(to) || !TryCount(out var lost)) return;
        if (lost > 0) logger.LogWarning("plugin {Plugin}: {Count} lines of it were not written; at most {Most} a second are", plugin, lost, MaxLinesASecond);
        logger.Log(to, "plugin {Plugin}: {Line}", plugin, Cut(message ?? ""));
    }

    /// <summary>As much of a text as a line of the log takes; what could look like another line is made harmless where the line is written.</summary>
    public static string Cut(string text) => text.Length <= MaxLength ? text : $"{text.AsSpan(0, MaxLength)}… ({text.Length - MaxLength} more characters)";

    private static LogLevel Level(PluginLogLevel level) => level switch
    {
        PluginLogLevel.Debug => LogLevel.Debug,
        PluginLogLevel.Information => LogLevel.Information,
        PluginLogLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private bool TryCount(out int lost)
    {
        var now = time.GetTimestamp() / time.TimestampFrequency;
        lock (counting)
        {
            lost = 0;
            if (now != second) (second, lines, lost, dropped) = (now, 0, dropped, 0);
            if (lines++ < MaxLinesASecond) return true;
            dropped++;
            return false;
        }
    }
}
