using System.Text;

namespace Platform.Templating.Analysis.Html;

/// <summary>What browsers do with an attribute's value.</summary>
internal enum AttributeKind
{
    Plain,
    Url,

    /// <summary>A URL from which code is loaded, or against which the page's URLs are resolved.</summary>
    CodeUrl,

    /// <summary>A list of a time and a URL: <c>&lt;meta http-equiv="refresh" content="0;url=…"&gt;</c>.</summary>
    Refresh,
    EventHandler,
    Style,
    Document,
    ScriptType,
}

/// <summary>Knows attributes by their names, and what the literal beginning of a URL leaves open.</summary>
internal static class Attributes
{
    private const int LongestValue = 80;

    private static readonly HashSet<string> Urls =
    [
        "href", "xlink:href", "src", "srcset", "imagesrcset", "action", "formaction", "poster", "ping", "background", "manifest", "cite",
        "longdesc", "lowsrc", "dynsrc", "codebase", "classid", "archive", "profile", "icon",
    ];

    private static readonly string[] Dangerous = ["javascript:", "vbscript:", "data:"];

    private static readonly string[] HarmlessData = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/avif", "data:font/", "data:audio/", "data:video/", "data:text/plain"];

    public static AttributeKind Of(HtmlState state) => (state.Element, state.Attribute) switch
    {
        _ when state.IsXml => Urls.Contains(state.Attribute) ? AttributeKind.Url : AttributeKind.Plain,
        ("script", "src" or "href" or "xlink:href") or ("base", "href") => AttributeKind.CodeUrl,
        ("script", "type") => AttributeKind.ScriptType,
        ("meta", "content") => AttributeKind.Refresh,
        ("object", "data") or ("param", "value") or ("animate" or "set", "to" or "from" or "by" or "values") => AttributeKind.Url,
        (_, "style") => AttributeKind.Style,
        (_, "srcdoc") => AttributeKind.Document,
        (_, ['o', 'n', _, ..]) => AttributeKind.EventHandler,
        var (_, name) => Urls.Contains(name) ? AttributeKind.Url : AttributeKind.Plain,
    };

    /// <summary>The literal value at its beginning, or null where it never matters.</summary>
    public static string? Begin(HtmlState state) => Append(state, Of(state), "", "");

    /// <summary>The literal value with more text, or null from where it does not matter any more.</summary>
    public static string? Append(HtmlState state, AttributeKind kind, string? value, ReadOnlySpan<char> text)
    {
        if (value is null || kind is AttributeKind.Plain or AttributeKind.EventHandler or AttributeKind.Style or AttributeKind.Document) return null;
        if (kind == AttributeKind.Refresh) return string.Concat(value, text[^Math.Min(text.Length, LongestValue)..]) is var all && all.Length > LongestValue ? all[^LongestValue..] : all;
        value = string.Concat(value, text[..Math.Clamp(LongestValue - value.Length, 0, text.Length)]);
        return kind switch
        {
            AttributeKind.Url when Protects(value) => null,
            AttributeKind.CodeUrl when NamesHost(value) => null,
            _ => value,
        };
    }

    /// <summary>JSON and what else no browser runs.</summary>
    public static bool IsJsonType(string? type) =>
        type?.Trim().ToLowerInvariant() is { } name && (name is "application/json" or "importmap" or "speculationrules" || name.EndsWith("+json", StringComparison.Ordinal));

    /// <summary>What is printed behind this is the rest of a URL that runs as a script, whatever it is.</summary>
    public static bool Runs(string? value) => Plain(value ?? "") is var text && Array.Exists(Dangerous, scheme => text.StartsWith(scheme, StringComparison.Ordinal));

    /// <summary>A URL begins behind this in the content of a <c>meta</c>.</summary>
    public static bool OpensUrl(string? value)
    {
        var text = Plain(value ?? "").TrimEnd('\'', '"');
        var url = text.LastIndexOf("url=", StringComparison.Ordinal);
        return url >= 0 && !Protects(text[(url + 4)..]);
    }

    /// <summary>Nothing that follows can make a URL of this that runs.</summary>
    private static bool Protects(string value)
    {
        var text = Plain(value);
        if (text.Contains('&', StringComparison.Ordinal)) return false;
        if (Array.Exists(HarmlessData, harmless => text.StartsWith(harmless, StringComparison.Ordinal))) return true;
        return !Array.Exists(Dangerous, scheme => scheme.StartsWith(text, StringComparison.Ordinal) || text.StartsWith(scheme, StringComparison.Ordinal));
    }

    /// <summary>Nothing that follows can name another host: <c>/a</c>, <c>a/</c>, <c>https://host/</c>.</summary>
    private static bool NamesHost(string value)
    {
        var text = Plain(value).Replace('\\', '/');
        if (!Protects(text)) return false;
        var at = text.IndexOf("//", StringComparison.Ordinal);
        var scheme = text.IndexOf(':', StringComparison.Ordinal);
        if (at == 0 || (at > 0 && scheme == at - 1)) return text.AsSpan(at + 2).TrimStart('/').IndexOf('/') > 0;
        if (scheme >= 0) return false;
        return text.StartsWith('/') ? text.Length > 1 : text.Contains('/', StringComparison.Ordinal);
    }

    /// <summary>As browsers read it: without white space, in small letters.</summary>
    private static string Plain(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            if (letter > ' ') text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
