using System.Buffers;

namespace Platform.Templating.Helpers;

/// <summary><c>&lt;a href="{{url link}}"&gt;</c>: what it prints never runs as a script and never leaves its attribute.</summary>
internal static class Urls
{
    private const string Refused = "#";

    // As browsers have it, everything else is relative or one of these; javascript:, data:, vbscript:, blob:, file: are none.
    private static readonly string[] Schemes = ["http", "https", "mailto", "tel", "sms", "ftp", "ftps", "geo", "webcal", "xmpp", "irc", "ircs", "magnet"];

    private static readonly SearchValues<char> Ends = SearchValues.Create(":/?#\\");

    public static Helper Url { get; } = new("url", (in call) => new SafeString(Of(TemplateValue.Text(call.Arguments[0]))), 1, 1, "(url value)");

    /// <summary>The URL, ready to stand in an attribute with quotes; <c>#</c> where its scheme is not one that only leads somewhere.</summary>
    private static string Of(string text)
    {
        var url = Clean(text);
        var end = url.AsSpan().IndexOfAny(Ends) is >= 0 and var i && url[i] == ':' ? i : -1;
        if (end >= 0 && Array.FindIndex(Schemes, scheme => url.AsSpan(0, end).Equals(scheme, StringComparison.OrdinalIgnoreCase)) < 0) return Refused;
        return Texts.Escape(Encode(url));
    }

    // Browsers drop line ends and tabs anywhere, and control letters and spaces around: "java\nscript:" is a scheme to them.
    private static string Clean(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && text[start] <= ' ') start++;
        while (end > start && text[end - 1] <= ' ') end--;
        var kept = text.AsSpan(start, end - start);
        return kept.IndexOfAny('\t', '\n', '\r') < 0 ? kept.ToString() : string.Concat(kept.ToString().Where(letter => letter is not ('\t' or '\n' or '\r')));
    }

    // What may end a value without quotes.
    private static string Encode(string url)
    {
        if (!url.AsSpan().ContainsAnyInRange('\0', ' ')) return url;
        var encoded = new System.Text.StringBuilder(url.Length + 16);
        foreach (var letter in url)
        {
            if (letter > ' ') encoded.Append(letter);
            else encoded.Append('%').Append(((int)letter).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
