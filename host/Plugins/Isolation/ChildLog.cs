using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>What a child prints, and what it says before its plugins are started, in the log: not more than a hundred lines a second, the rest counted.</summary>
internal sealed class ChildLog(string name, ILogger logger)
{
    private const int LinesPerSecond = 100;
    private const int LongestLine = 4096;

    private readonly Lock change = new();
    private long second;
    private int lines;
    private int unwritten;

    /// <summary>A line it has printed.</summary>
    internal void Print(string line) => Write(name, "information", line);

    /// <summary>A line it has sent.</summary>
    internal void Write(string plugin, string level, string message)
    {
        int missed;
        lock (change)
        {
            var now = Environment.TickCount64 / 1000;
            missed = now == second ? 0 : unwritten;
            if (now != second) (second, lines, unwritten) = (now, 0, 0);
            if (++lines > LinesPerSecond)
            {
                unwritten++;
                return;
            }
        }

        if (missed > 0) logger.LogWarning("plugin {Plugin}: {Count} lines were not written: more than {Most} a second", name, missed, LinesPerSecond);
        if (string.IsNullOrWhiteSpace(message)) return;
        var line = message.Length > LongestLine ? message[..LongestLine] + "…" : message;
        logger.Log(Of(LevelOf(level)), "plugin {Plugin}: {Line}", plugin.Length > 0 ? plugin : name, line);
    }

    internal static PluginLogLevel LevelOf(string level) => level switch
    {
        "debug" => PluginLogLevel.Debug,
        "warning" => PluginLogLevel.Warning,
        "error" => PluginLogLevel.Error,
        _ => PluginLogLevel.Information,
    };

    private static LogLevel Of(PluginLogLevel level) => level switch
    {
        PluginLogLevel.Debug => LogLevel.Debug,
        PluginLogLevel.Warning => LogLevel.Warning,
        PluginLogLevel.Error => LogLevel.Error,
        _ => LogLevel.Information,
    };
}
