using Platform.Host.Plugins;
using Serilog.Core;
using Serilog.Events;

namespace Platform.Host.Commands;

/// <summary>Sorts out of the log what is about plugins: events that name one, and problems of files in its folder.</summary>
public sealed class PluginLogSink(PluginLogLines lines) : ILogEventSink
{
    private static readonly LogLine Line = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        var names = Named(logEvent);
        if (names.Length == 0) return;
        using var text = new StringWriter();
        Line.Format(logEvent, text);
        foreach (var name in names) lines.Add(name, text.ToString().TrimEnd('\n'));
    }

    private static string[] Named(LogEvent logEvent)
    {
        if (Text(logEvent, "Plugin") is { } plugins) return plugins.Split(", ");
        if (Text(logEvent, "Problem") is not { } problem || !problem.StartsWith("plugins/", StringComparison.Ordinal)) return [];
        var name = problem["plugins/".Length..].Split('/', ':', '(')[0];
        return [name.EndsWith(".dll", StringComparison.Ordinal) ? name[..^4] : name];
    }

    private static string? Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: { } scalar } ? scalar.ToString() : null;
}
