using System.Buffers;

namespace Platform.Templating.Analysis.Html;

/// <summary>Reads literal HTML from a state to the state behind it, by the rules of the HTML standard's tokenizer.</summary>
internal static partial class HtmlReader
{
    private const int MaxForeign = 8;

    private static readonly SearchValues<char> EndsTagName = SearchValues.Create("\t\n\f\r />");
    private static readonly SearchValues<char> EndsAttributeName = SearchValues.Create("\t\n\f\r />=");
    private static readonly SearchValues<char> EndsUnquoted = SearchValues.Create("\t\n\f\r >");

    public static HtmlState Read(HtmlState state, ReadOnlySpan<char> text)
    {
        while (text.Length > 0) state = Step(state, ref text);
        return state;
    }

    /// <summary>Takes what belongs together off the beginning of the text; at the end of a state nothing.</summary>
    private static HtmlState Step(HtmlState state, ref ReadOnlySpan<char> text)
    {
        var letter = text[0];
        switch (state.Mode)
        {
            case HtmlMode.Text:
                return Until(state, ref text, "<", HtmlMode.TagOpen);
            case HtmlMode.CData:
                return Until(state, ref text, "]]>", HtmlMode.Text);
            case HtmlMode.PlainText:
                text = default;
                return state;
            case HtmlMode.RcData or HtmlMode.RawText:
                return Raw(state, ref text);
            case HtmlMode.Script:
                return Script(state, ref text);
            case HtmlMode.TagOpen or HtmlMode.EndTagOpen or HtmlMode.TagName:
                return Tag(state, letter, ref text);
            case HtmlMode.DoubleQuoted:
                return Quoted(state, '"', ref text);
            case HtmlMode.SingleQuoted:
                return Quoted(state, '\'', ref text);
            case HtmlMode.Unquoted:
                var end = Length(text, EndsUnquoted);
                if (end > 0) return Value(state, Take(ref text, end));
                return EndOfValue(state) with { Mode = HtmlMode.BeforeAttribute };
            case >= HtmlMode.Declaration and <= HtmlMode.CommentEndBang:
                return Comment(state, letter, ref text);
            default:
                return Attribute(state, letter, ref text);
        }
    }

    private static HtmlState Tag(HtmlState state, char letter, ref ReadOnlySpan<char> text)
    {
        if (state.Mode == HtmlMode.TagName)
        {
            if (Length(text, EndsTagName) is > 0 and var length) return state with { Element = HtmlState.Add(state.Element, Take(ref text, length)) };
            return state with { Mode = HtmlMode.BeforeAttribute };
        }

        if (char.IsAsciiLetter(letter)) return new(HtmlMode.TagName) { IsXml = state.IsXml, Foreign = state.Foreign, IsEnd = state.Mode == HtmlMode.EndTagOpen };
        if (state.Mode == HtmlMode.EndTagOpen) return Go(state, letter == '>' ? HtmlMode.Text : HtmlMode.Bogus, ref text);
        switch (letter)
        {
            case '/':
                return Go(state, HtmlMode.EndTagOpen, ref text);
            case '!':
                return Go(state, HtmlMode.Declaration, ref text) with { Value = "" };
            case '?':
                return Go(state, HtmlMode.Bogus, ref text) with { IsXml = state.IsXml || text.StartsWith("xml", StringComparison.OrdinalIgnoreCase) };
            default:
                return state with { Mode = HtmlMode.Text };
        }
    }

    private static HtmlState Attribute(HtmlState state, char letter, ref ReadOnlySpan<char> text)
    {
        if (state.Mode == HtmlMode.AttributeName && Length(text, EndsAttributeName) is > 0 and var length)
            return state with { Attribute = HtmlState.Add(state.Attribute, Take(ref text, length)) };
        if (state.Mode == HtmlMode.BeforeValue)
        {
            if (IsSpace(letter) || letter == '>') return letter == '>' ? EndOfTag(state, ref text) : Go(state, state.Mode, ref text);
            state = state with { Value = Attributes.Begin(state), Script = ScriptPart.Code };
            if (letter is '"' or '\'') return Go(state, letter == '"' ? HtmlMode.DoubleQuoted : HtmlMode.SingleQuoted, ref text);
            return state with { Mode = HtmlMode.Unquoted };
        }

        if (letter == '>') return EndOfTag(state, ref text);
        if (letter == '/') return Go(state, HtmlMode.SelfClosing, ref text);
        if (letter == '=' && state.Mode is HtmlMode.AttributeName or HtmlMode.AfterAttributeName) return Go(state, HtmlMode.BeforeValue, ref text);
        if (IsSpace(letter)) return Go(state, state.Mode is HtmlMode.AttributeName or HtmlMode.AfterAttributeName ? HtmlMode.AfterAttributeName : HtmlMode.BeforeAttribute, ref text);
        // A name begins, be it with a sign that is an error there.
        var begin = Take(ref text, 1);
        return state with { Mode = HtmlMode.AttributeName, Attribute = begin.ToString().ToLowerInvariant(), Value = null };
    }

    private static HtmlState Quoted(HtmlState state, char quote, ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(quote);
        if (end < 0) end = text.Length;
        if (end > 0) return Value(state, Take(ref text, end));
        return Go(EndOfValue(state), HtmlMode.AfterQuoted, ref text);
    }

    private static HtmlState Value(HtmlState state, ReadOnlySpan<char> value)
    {
        var kind = Attributes.Of(state);
        if (kind == AttributeKind.EventHandler) return state with { Value = null, Script = ScriptText.Read(state.Script, value) };
        return state with { Value = Attributes.Append(state, kind, state.Value, value) };
    }

    private static HtmlState EndOfValue(HtmlState state) => state with
    {
        Value = null,
        Script = ScriptPart.Code,
        IsJson = Attributes.Of(state) == AttributeKind.ScriptType ? Attributes.IsJsonType(state.Value) : state.IsJson,
    };

    private static HtmlState EndOfTag(HtmlState state, ref ReadOnlySpan<char> text)
    {
        text = text[1..];
        var mode = (state.IsEnd || state.IsXml) ? HtmlMode.Text : state.Element switch
        {
            "script" => HtmlMode.Script,
            "style" => HtmlMode.RawText,
            _ when state.Foreign > 0 => HtmlMode.Text,
            "title" or "textarea" => HtmlMode.RcData,
            "xmp" or "iframe" or "noembed" or "noframes" => HtmlMode.RawText,
            "plaintext" => HtmlMode.PlainText,
            _ => HtmlMode.Text,
        };
        if (mode != HtmlMode.Text) return new(mode) { Element = state.Element, IsJson = state.IsJson, Foreign = state.Foreign };
        if (state.IsXml || state.Element is not ("svg" or "math")) return Text(state);
        return Text(state with { Foreign = state.IsEnd ? Math.Max(0, state.Foreign - 1) : Math.Min(MaxForeign, state.Foreign + (state.Mode == HtmlMode.SelfClosing ? 0 : 1)) });
    }

    private static HtmlState Text(HtmlState state) => state.IsXml ? HtmlState.XmlStart : state.Foreign > 0 ? HtmlState.Start with { Foreign = state.Foreign } : HtmlState.Start;

    private static HtmlState Go(HtmlState state, HtmlMode mode, ref ReadOnlySpan<char> text)
    {
        text = text[1..];
        return mode == HtmlMode.Text ? Text(state) : state with { Mode = mode };
    }

    private static HtmlState Until(HtmlState state, ref ReadOnlySpan<char> text, string sign, HtmlMode mode)
    {
        var at = text.IndexOf(sign);
        text = at < 0 ? default : text[(at + sign.Length)..];
        return at < 0 ? state : mode == HtmlMode.Text ? Text(state) : state with { Mode = mode };
    }

    private static int Length(ReadOnlySpan<char> text, SearchValues<char> ends) => text.IndexOfAny(ends) is >= 0 and var end ? end : text.Length;

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, int length)
    {
        var taken = text[..length];
        text = text[length..];
        return taken;
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\n' or '\f' or '\r';
}
