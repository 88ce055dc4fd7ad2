using Platform.Host.Pipeline;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Platform.Host.Commands;

/// <summary>One event, one line; what belongs to an exception stands indented below it. No text of a visitor or plugin can begin a line of its own or send a control character to a terminal.</summary>
public sealed class LogLine : ITextFormatter
{
    private static readonly MessageTemplateTextFormatter Message = new("{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}");

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter();
        Message.Format(logEvent, text);
        WritePrintable(text.ToString(), output);
        output.Write('\n');
        if (logEvent.Exception is null) return;
        foreach (var line in logEvent.Exception.ToString().Split('\n'))
        {
            output.Write("    ");
            WritePrintable(line.TrimEnd('\r'), output);
            output.Write('\n');
        }
    }

    private static void WritePrintable(string text, TextWriter output)
    {
        foreach (var c in text)
        {
            if (Printable.Allows(c)) output.Write(c);
            else output.Write($"\\u{(int)c:x4}");
        }
    }
}
