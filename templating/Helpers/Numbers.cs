using System.Globalization;

namespace Platform.Templating.Helpers;

/// <summary><c>{{format_number price "0.00"}}</c></summary>
internal static class Numbers
{
    private const string Default = "#,##0.##";
    private const int LongestFormat = 64;
    private const int MostDigits = 30;

    public static Helper FormatNumber { get; } = new("format_number", (in call) => Format(call.Arguments), 1, 2, "(format_number value \"format\")");

    private static string Format(ReadOnlySpan<object?> arguments)
    {
        var format = arguments.Length > 1 ? TemplateValue.Text(arguments[1]) : Default;
        // "N999999999" is a valid format and a gigabyte.
        if (format.Length is 0 or > LongestFormat || (char.IsAsciiLetter(format[0]) && int.TryParse(format.AsSpan(1), out var digits) && digits > MostDigits))
        {
            throw new HelperException($"'{format}' is too long a number format; expected at most {LongestFormat} letters and {MostDigits} digits. Write one like \"{Default}\".");
        }

        try
        {
            return arguments[0] switch
            {
                null or "" => "",
                long or int or double or decimal => ((IFormattable)arguments[0]!).ToString(format, CultureInfo.InvariantCulture),
                string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number.ToString(format, CultureInfo.InvariantCulture),
                var value => throw new HelperException($"{Texts.Shown(value)} is no number. Correct the data."),
            };
        }
        catch (FormatException)
        {
            throw new HelperException($"'{format}' is no number format; expected one of .NET. Write one like \"{Default}\".");
        }
    }
}
