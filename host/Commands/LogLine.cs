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
            if (char.IsControl(c) || IsInvisible(c)) output.Write($"\\u{(int)c:x4}");
            else output.Write(c);
        }
    }

    // Separators of lines, and the marks that turn the direction of writing.
    private static bool IsInvisible(char c) => c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
