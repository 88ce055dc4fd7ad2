using System.Buffers;

namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>Reads one word of a tag.</summary>
internal static class WordReader
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("!\"#%&'()*+,;<=>\\^`{|}~ \t\r\n");

    /// <summary>A word of length 0 where a quote or bracket is never closed.</summary>
    public static Word Read(string text, int at) => text[at] switch
    {
        '(' => new(WordKind.Open, at, "(", 1),
        ')' => new(WordKind.Close, at, ")", 1),
        '=' => new(WordKind.Assign, at, "=", 1),
        '|' => new(WordKind.Bar, at, "|", 1),
        '"' or '\'' => Quoted(text, at),
        _ => Name(text, at),
    };

    private static Word Quoted(string text, int at)
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '\\') end++;
            else if (text[end] == text[at]) return new(WordKind.Text, at, text[(at + 1)..end], end + 1 - at);
        }

        return new(WordKind.Wrong, at, "", 0);
    }

    private static Word Name(string text, int at)
    {
        var end = at;
        while (end < text.Length)
        {
            if (text[end] == '[')
            {
                var close = text.IndexOf(']', end);
                if (close < 0) return new(WordKind.Wrong, at, "", 0);
                end = close + 1;
            }
            else if (NotInNames.Contains(text[end]) || char.IsControl(text[end]))
            {
                break;
            }
            else
            {
                end++;
            }
        }

        if (end == at) return new(WordKind.Wrong, at, text[at].ToString(), 1);
        var value = text[at..end];
        return new(IsNumber(value) ? WordKind.Number : WordKind.Name, at, value, end - at);
    }

    private static bool IsNumber(string value) =>
        decimal.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out _);
}
