using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Platform.Bench.Templates.Escaping;

/// <summary>What a browser makes of a page.</summary>
internal sealed partial class PageReading(string html)
{
    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsScripting = true });

    /// <summary>Schemes that lead somewhere and run nothing.</summary>
    private static readonly string[] Harmless = ["http", "https", "mailto", "tel", "sms", "ftp", "ftps", "geo", "webcal", "xmpp", "irc", "ircs", "magnet"];

    private readonly IDocument document = Parser.ParseDocument(html);

    /// <summary>Every element with the names of its attributes, and every comment, in order: what no value may change.</summary>
    public string Structure { get; private set; } = "";

    public PageReading Take()
    {
        var structure = new StringBuilder();
        foreach (var node in document.Descendants())
        {
            if (node is IElement element) structure.Append('<').Append(element.LocalName).AppendJoin(' ', element.Attributes.Select(a => a.Name).Order(StringComparer.Ordinal).Prepend("")).Append('>');
            else if (node is IComment) structure.Append("<!>");
        }

        Structure = structure.ToString();
        return this;
    }

    /// <summary>What is wrong with the value where it stands; null where nothing is.</summary>
    public string? Fault(Reading reading, string value)
    {
        var element = document.GetElementById("x");
        return reading switch
        {
            Reading.Text => Differs("text", element?.TextContent, value),
            Reading.Title => Differs("title", element?.GetAttribute("title"), value),
            Reading.TextAndTitle => Differs("text", element?.TextContent, value) ?? Differs("title", element?.GetAttribute("title"), value),
            Reading.Url => Runs(element?.GetAttribute("href") ?? ""),
            Reading.Json => DiffersJson(element?.TextContent ?? "", value),
            Reading.Quoted => Leaves("'\"\\\n\r\u2028\u2029", element?.GetAttribute("onclick") ?? element?.TextContent ?? ""),
            Reading.Style => Leaves(";{}\"'\\\n\r/*", element?.GetAttribute("style") ?? element?.TextContent.Replace("p { ", "", StringComparison.Ordinal).Replace(" }", "", StringComparison.Ordinal) ?? ""),
            Reading.Srcdoc => Parser.ParseDocument(element?.GetAttribute("srcdoc") ?? "").Body!.FirstElementChild is { } child ? $"srcdoc holds <{child.LocalName}>" : null,
            _ => null,
        };
    }

    private static string? Differs(string what, string? found, string value) => Plain(found ?? "") == Plain(value) ? null : $"{what} is '{found}'";

    /// <summary>What the parser of HTML changes in any text, and an indented partial in a text of several lines, is no fault.</summary>
    private static string Plain(string text) => Blank().Replace(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), " ").Replace("\0", "", StringComparison.Ordinal).Replace("\ufffd", "", StringComparison.Ordinal);

    /// <summary>Signs that end what the value stands in, beyond the two quotes around it.</summary>
    private static string? Leaves(string signs, string code)
    {
        var first = code.AsSpan().IndexOfAny("'\"");
        var last = code.AsSpan().LastIndexOfAny("'\"");
        var inner = first >= 0 && last > first ? code[(first + 1)..last] : code;
        return inner.AsSpan().IndexOfAny(signs) >= 0 ? $"the code is {code}" : null;
    }

    /// <summary>As browsers read a URL: without letters up to the space at its ends, without tabs and line ends anywhere.</summary>
    private static string? Runs(string url)
    {
        var first = 0;
        while (first < url.Length && url[first] <= ' ') first++;
        var read = string.Concat(url[first..].Where(letter => letter is not ('\t' or '\n' or '\r')));
        var scheme = Scheme().Match(read);
        return scheme.Success && !Harmless.Contains(scheme.Groups[1].Value, StringComparer.OrdinalIgnoreCase) ? $"href is '{url}'" : null;
    }

    private static string? DiffersJson(string script, string value)
    {
        if (!script.StartsWith("var x = ", StringComparison.Ordinal) || !script.EndsWith(';')) return $"script is '{script}'";
        if (script.AsSpan().IndexOfAny("<>\u2028\u2029") >= 0) return $"script holds a sign that may end it: '{script}'";
        try
        {
            return Differs("JSON", JsonSerializer.Deserialize<string>(script[8..^1]), value);
        }
        catch (JsonException error)
        {
            return $"script is '{script}': {error.Message}";
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.\-]*):")]
    private static partial Regex Scheme();
}
