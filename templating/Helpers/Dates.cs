using System.Globalization;

namespace Platform.Templating.Helpers;

/// <summary><c>{{format_date published "d MMMM yyyy"}}</c></summary>
internal static class Dates
{
    private const string Default = "yyyy-MM-dd";
    private const int LongestFormat = 64;

    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    public static Helper FormatDate { get; } = new("format_date", (in call) => Format(call.Arguments), 1, 2, "(format_date value \"format\")");

    private static string Format(ReadOnlySpan<object?> arguments)
    {
        var format = arguments.Length > 1 ? TemplateValue.Text(arguments[1]) : Default;
        if (format.Length is 0 or > LongestFormat) throw new HelperException($"the format has {format.Length} letters; expected 1 to {LongestFormat}. Write one like \"{Default}\".");
        if (arguments[0] is null or "") return "";
        try
        {
            return Date(arguments[0]).ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw new HelperException($"'{format}' is no date format; expected one of .NET. Write one like \"{Default}\".");
        }
    }

    private static DateTimeOffset Date(object? value)
    {
        switch (value)
        {
            case string text when DateTimeOffset.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date):
                return date;
            case long or int or double or decimal:
                var seconds = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (seconds is >= -62135596800 and <= 253402300799) return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
                break;
        }

        throw new HelperException($"{Texts.Shown(value)} is no date; expected ISO 8601 (2025-01-31T12:00:00Z) or seconds since 1970. Correct the data.");
    }
}
