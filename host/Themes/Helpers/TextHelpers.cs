using System.Globalization;
using System.Text;

namespace Platform.Host.Themes.Helpers;

/// <summary>Helpers that turn a text into another.</summary>
internal static class TextHelpers
{
    public static object? Truncate(ReadOnlySpan<object?> arguments, in HelperScope scope)
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

    public static object? UrlEncode(ReadOnlySpan<object?> arguments, in HelperScope scope) =>
        Uri.EscapeDataString(TemplateValue.Text(arguments[0]));

    public static object? HtmlEscape(ReadOnlySpan<object?> arguments, in HelperScope scope)
    {
        var text = TemplateValue.Text(arguments[0]);
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (HtmlSigns.Entity(letter) is { } entity) escaped.Append(entity);
            else escaped.Append(letter);
        }

        return new SafeText(escaped.ToString());
    }

    /// <summary>A value in a message: quoted, at most 40 letters.</summary>
    public static string Shown(object? value)
    {
        if (value is null) return "nothing";
        var text = TemplateValue.Text(value);
        return $"'{(text.Length > 40 ? text[..40] + "…" : text)}'";
    }
}
