namespace Platform.Templating.Syntax;

/// <summary>Cuts a template into the terminals of the grammar; the modes are those of the Handlebars.js lexer.</summary>
internal ref partial struct Lexer(string text)
{
    private readonly string text = text;
    private int at;
    private Mode mode;
    private int rawDepth;

    private enum Mode
    {
        Text,
        Tag,
        EscapedTag,
        Raw,
    }

    public Token Next()
    {
        while (true)
        {
            if (at >= text.Length && mode != Mode.Raw) return new(TokenKind.End, text.Length, text.Length, "");
            var token = mode switch
            {
                Mode.Text => Text(),
                Mode.EscapedTag => EscapedTag(),
                Mode.Raw => Raw(),
                _ => Tag(),
            };
            if (token is { } found) return found;
        }
    }

    private readonly ReadOnlySpan<char> Rest => text.AsSpan(at);

    private Token? Text()
    {
        var start = at;
        var tag = text.IndexOf("{{", at, StringComparison.Ordinal);
        var nul = text.IndexOf('\0', at, (tag < 0 ? text.Length : tag) - at);
        if (nul == at) return Take(TokenKind.Invalid, 1);
        if (nul > 0) return Take(TokenKind.Content, nul - at);
        if (tag < 0) return Take(TokenKind.Content, text.Length - at);
        at = tag;
        var end = tag;
        mode = Mode.Tag;
        if (end > start && text[end - 1] == '\\')
        {
            end--;
            if (end == start || text[end - 1] != '\\') mode = Mode.EscapedTag;
        }

        return end > start ? new(TokenKind.Content, start, tag, text[start..end]) : null;
    }

    private Token? EscapedTag()
    {
        // At least the two braces, then up to the next tag or the backslashes before it.
        mode = Mode.Text;
        var next = text.IndexOf("{{", at + 2, StringComparison.Ordinal);
        if (next < 0) next = text.Length;
        else if (next > at + 2 && text[next - 1] == '\\') next -= next > at + 3 && text[next - 2] == '\\' ? 2 : 1;
        var nul = text.IndexOf('\0', at, next - at);
        return Take(TokenKind.Content, (nul < 0 ? next : nul) - at);
    }

    private Token? Raw()
    {
        var open = text.IndexOf("{{{{", Math.Min(at, text.Length), StringComparison.Ordinal);
        if (open < 0)
        {
            var rest = new Token(TokenKind.Invalid, at, text.Length, "");
            (at, mode) = (text.Length, Mode.Text);
            return rest;
        }

        if (open > at) return Take(TokenKind.Content, open - at);
        var behind = text.AsSpan(at + 4);
        if (behind.Length > 0 && behind[0] != '/')
        {
            rawDepth++;
            return Take(TokenKind.Content, 4);
        }

        var name = behind.Length > 0 ? Letters.NameLength(behind[1..]) : 0;
        if (name == 0 || !behind[(1 + name)..].StartsWith("}}}}"))
        {
            // The braces of no end: text up to the next ones.
            var next = text.IndexOf("{{{{", at + 1, StringComparison.Ordinal);
            return next < 0 ? Take(TokenKind.Invalid, 4) : Take(TokenKind.Content, next - at);
        }

        if (--rawDepth > 0) return Take(TokenKind.Content, name + 9);
        mode = Mode.Text;
        var token = new Token(TokenKind.EndRawBlock, at, at + name + 9, text.Substring(at + 5, name));
        at = token.End;
        return token;
    }

    private readonly char Letter(int offset) => offset < text.Length ? text[offset] : '\0';

    private readonly int SkipSpace(int offset)
    {
        while (offset < text.Length && Letters.IsSpace(text[offset])) offset++;
        return offset;
    }

    private readonly int SkipDigits(int offset)
    {
        while (offset < text.Length && char.IsAsciiDigit(text[offset])) offset++;
        return offset;
    }

    private Token Take(TokenKind kind, int length, string? value = null)
    {
        var token = new Token(kind, at, at + length, value ?? text.Substring(at, length));
        at += length;
        return token;
    }

    private Token TakeTo(TokenKind kind, int end) => Take(kind, end - at);

    /// <summary>A token that ends the tag.</summary>
    private Token Leave(TokenKind kind, int end)
    {
        mode = Mode.Text;
        return TakeTo(kind, end);
    }
}
