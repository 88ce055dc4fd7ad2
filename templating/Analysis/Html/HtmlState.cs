namespace Platform.Templating.Analysis.Html;

/// <summary>The states of the HTML standard's tokenizer, as far as they decide what a printed value can do.</summary>
internal enum HtmlMode
{
    Text,
    TagOpen,
    EndTagOpen,
    TagName,
    BeforeAttribute,
    AttributeName,
    AfterAttributeName,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
    AfterQuoted,
    SelfClosing,
    Declaration,
    Bogus,
    CommentStart,
    CommentStartDash,
    Comment,
    CommentEndDash,
    CommentEnd,
    CommentEndBang,
    CData,
    RcData,
    RawText,
    Script,
    PlainText,
}

/// <summary>Where in an HTML page a place of a template lies.</summary>
/// <param name="Mode">The tokenizer's state.</param>
internal sealed record HtmlState(HtmlMode Mode)
{
    private const int LongestName = 40;

    /// <summary>The beginning of a page.</summary>
    public static HtmlState Start { get; } = new(HtmlMode.Text);

    /// <summary>The beginning of a feed or another page of XML.</summary>
    public static HtmlState XmlStart { get; } = new(HtmlMode.Text) { IsXml = true };

    /// <summary>In XML no element is special, and nothing is run.</summary>
    public bool IsXml { get; init; }

    /// <summary>How many <c>svg</c> and <c>math</c> are open: in them only scripts and styles are special.</summary>
    public int Foreign { get; init; }

    /// <summary>The element whose tag or text this is, in small letters; what is printed of it is one question mark, what is too long is cut.</summary>
    public string Element { get; init; } = "";

    /// <summary>In an end tag.</summary>
    public bool IsEnd { get; init; }

    /// <summary>The attribute in question, in small letters.</summary>
    public string Attribute { get; init; } = "";

    /// <summary>The literal beginning of an attribute's value as long as it matters; then null.</summary>
    public string? Value { get; init; }

    /// <summary>The script holds data.</summary>
    public bool IsJson { get; init; }

    /// <summary>How deep the comment and the script in it are that hide the end of a script: 0 to 2.</summary>
    public int Hidden { get; init; }

    /// <summary>Where in a script, of an element or an event handler, the place lies.</summary>
    public ScriptPart Script { get; init; }

    /// <summary>What an author calls the place.</summary>
    public string Name => Mode switch
    {
        HtmlMode.Text or HtmlMode.CData => "text",
        HtmlMode.RcData or HtmlMode.RawText or HtmlMode.Script or HtmlMode.PlainText => $"<{Element}>",
        HtmlMode.DoubleQuoted or HtmlMode.SingleQuoted or HtmlMode.Unquoted => Mode == HtmlMode.Unquoted ? "a value without quotes" : "a value in quotes",
        HtmlMode.Bogus or HtmlMode.Declaration or (>= HtmlMode.CommentStart and <= HtmlMode.CommentEndBang) => "a comment",
        _ => "a tag",
    };

    /// <summary>A name with more letters. It ends somewhere, or partials that print parts of names would lead to ever new places.</summary>
    public static string Add(string name, ReadOnlySpan<char> letters)
    {
        if (letters is "?" && name.EndsWith('?')) return name;
        var room = Math.Max(0, LongestName - name.Length);
        return string.Concat(name, letters[..Math.Min(room, letters.Length)]).ToLowerInvariant();
    }

    /// <summary>The place behind something printed here.</summary>
    public HtmlState AfterValue(bool bringsQuotes) => Mode switch
    {
        HtmlMode.TagOpen or HtmlMode.TagName => this with { Mode = HtmlMode.TagName, Element = Add(Element, "?") },
        HtmlMode.EndTagOpen => this with { Mode = HtmlMode.TagName, Element = "?", IsEnd = true },
        HtmlMode.AttributeName => this with { Attribute = Add(Attribute, "?") },
        HtmlMode.BeforeAttribute or HtmlMode.AfterAttributeName or HtmlMode.AfterQuoted or HtmlMode.SelfClosing => this with { Mode = HtmlMode.AttributeName, Attribute = "?" },
        HtmlMode.BeforeValue => this with { Mode = bringsQuotes ? HtmlMode.AfterQuoted : HtmlMode.Unquoted, Value = null },
        HtmlMode.Declaration => this with { Mode = HtmlMode.Bogus },
        >= HtmlMode.CommentStart and <= HtmlMode.CommentEndBang => this with { Mode = HtmlMode.Comment },
        // "{{a}}url={{b}}" in a <meta>, "{{a}}:{{b}}" in a URL: what was printed before is judged already.
        _ => this with { Value = null },
    };
}
