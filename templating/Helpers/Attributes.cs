using System.Text;

namespace Platform.Templating.Helpers;

/// <summary><c>&lt;div data-title={{attr title}}&gt;</c>: a value with the quotes around it that make it one attribute value, whatever it holds.</summary>
internal static class Attributes
{
    public static Helper Attr { get; } = new("attr", (in call) => new SafeString(Of(TemplateValue.Text(call.Arguments[0]))), 1, 1, "(attr value)");

    private static string Of(string text)
    {
        var escaped = Texts.Escape(text);
        if (escaped.AsSpan().IndexOfAny("\r\n\t\0") < 0) return $"\"{escaped}\"";
        var value = new StringBuilder(escaped.Length + 16);
        foreach (var letter in escaped)
        {
            // A line end stays one when the page is read, whatever carries it.
            if (letter == '\0') value.Append('\uFFFD');
            else if (letter is '\r' or '\n' or '\t') value.Append("&#").Append((int)letter).Append(';');
            else value.Append(letter);
        }

        return $"\"{value}\"";
    }
}
