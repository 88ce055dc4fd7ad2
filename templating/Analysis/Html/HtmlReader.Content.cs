namespace Platform.Templating.Analysis.Html;

/// <summary>Reads what stands between tags and is no plain text: the content of special elements, comments.</summary>
internal static partial class HtmlReader
{
    private static HtmlState Raw(HtmlState state, ref ReadOnlySpan<char> text)
    {
        var end = EndTag(text, state.Element);
        text = end < 0 ? default : text[(end + 2 + state.Element.Length)..];
        return end < 0 ? state : state with { Mode = HtmlMode.BeforeAttribute, IsEnd = true };
    }

    private static HtmlState Script(HtmlState state, ref ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text[i..];
            if (rest[0] == '-' && state.Hidden > 0 && rest.StartsWith("-->"))
            {
                state = state with { Hidden = 0 };
            }
            else if (rest[0] == '<' && state.Hidden == 0 && rest.StartsWith("<!--"))
            {
                // Its dashes may be those of its end.
                (state, i) = (state with { Hidden = 1 }, i + 1);
            }
            else if (rest[0] == '<' && state.Hidden == 1 && IsName(rest[1..], "script"))
            {
                state = state with { Hidden = 2 };
            }
            else if (rest[0] == '<' && rest.StartsWith("</") && IsName(rest[2..], "script"))
            {
                if (state.Hidden < 2)
                {
                    text = rest["</script".Length..];
                    return Text(state) with { Mode = HtmlMode.BeforeAttribute, Element = "script", IsEnd = true };
                }

                state = state with { Hidden = 1 };
            }
        }

        state = state with { Script = ScriptText.Read(state.Script, text) };
        text = default;
        return state;
    }

    private static HtmlState Comment(HtmlState state, char letter, ref ReadOnlySpan<char> text)
    {
        switch (state.Mode)
        {
            case HtmlMode.Declaration when letter == '-':
                return Go(state, state.Value == "-" ? HtmlMode.CommentStart : HtmlMode.Declaration, ref text) with { Value = "-" };
            case HtmlMode.Declaration when state.IsXml && text.StartsWith("[CDATA["):
                return Go(state, HtmlMode.CData, ref text);
            case HtmlMode.Declaration:
                return state with { Mode = HtmlMode.Bogus };
            case HtmlMode.Bogus:
                return Until(state, ref text, ">", HtmlMode.Text);
            case HtmlMode.Comment:
                return Until(state, ref text, "-", HtmlMode.CommentEndDash);
        }

        if (letter == '>' && state.Mode != HtmlMode.CommentEndDash) return Go(Text(state), HtmlMode.Text, ref text);
        return Go(
            state,
            (state.Mode, letter) switch
            {
                (HtmlMode.CommentStart, '-') => HtmlMode.CommentStartDash,
                (HtmlMode.CommentStartDash or HtmlMode.CommentEndDash or HtmlMode.CommentEnd, '-') => HtmlMode.CommentEnd,
                (HtmlMode.CommentEndBang, '-') => HtmlMode.CommentEndDash,
                (HtmlMode.CommentEnd, '!') => HtmlMode.CommentEndBang,
                _ => HtmlMode.Comment,
            },
            ref text);
    }

    private static int EndTag(ReadOnlySpan<char> text, string element)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOf("</");
            if (next < 0) return -1;
            at += next;
            if (IsName(text[(at + 2)..], element)) return at;
            at += 2;
        }

        return -1;
    }

    private static bool IsName(ReadOnlySpan<char> text, string name) =>
        text.Length > name.Length && text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && EndsTagName.Contains(text[name.Length]);
}
