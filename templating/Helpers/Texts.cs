using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.Templating.Helpers;

/// <summary>Helpers that turn a text into another.</summary>
internal static class Texts
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("&<>\"'`=");

    public static Helper Truncate { get; } = new("truncate", (in call) => Cut(call.Arguments), 2, 3, "(truncate text length \"ending\")");

    public static Helper UrlEncode { get; } = new("url_encode", (in call) => Encode(TemplateValue.Text(call.Arguments[0])), 1, 1, "(url_encode text)");

    public static Helper HtmlEscape { get; } = new("html_escape", (in call) => new SafeString(Escape(TemplateValue.Text(call.Arguments[0]))), 1, 1, "(html_escape text)");

    /// <summary>As <c>{{value}}</c> prints it.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Signs) < 0) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#x27;"); break;
                case '`': escaped.Append("&#x60;"); break;
                case '=': escaped.Append("&#x3D;"); break;
                default: escaped.Append(letter); break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>A value in a message: quoted, at most 40 letters.</summary>
    public static string Shown(object? value)
    {
        if (value is null) return "nothing";
        var text = TemplateValue.Text(value);
        return $"'{(text.Length > 40 ? text[..40] + "…" : text)}'";
    }

    // A lone surrogate has no UTF-8; what is printed for it elsewhere is encoded here too.
    private static string Encode(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static string Cut(ReadOnlySpan<object?> arguments)
    {
        var length = arguments[1] switch
        {
            long number => number,
            int number => number,
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => -1,
        };
        if (length < 0) throw new HelperException($"the length is {Shown(arguments[1])}; expected a whole number from 0. Write (truncate text 100).");
        var whole = TemplateValue.Text(arguments[0]);
        if (whole.Length <= length) return whole;
        var end = (int)length;
        if (end > 0 && char.IsHighSurrogate(whole[end - 1])) end--;
        return whole.AsSpan(0, end).TrimEnd().ToString() + (arguments.Length > 2 ? TemplateValue.Text(arguments[2]) : "…");
    }
}
