namespace Platform.Templating.Syntax;

/// <summary>What stands between <c>{{</c> and <c>}}</c>.</summary>
internal ref partial struct Lexer
{
    private Token? Tag()
    {
        var letter = text[at];
        if (Letters.IsSpace(letter))
        {
            at++;
            return null;
        }

        switch (letter)
        {
            case '(':
                return Take(TokenKind.OpenSexpr, 1);
            case ')':
                return Take(TokenKind.CloseSexpr, 1);
            case '{' when Rest.StartsWith("{{"):
                return Open();
            case '}' or '~' when Close() is { } close:
                return close;
            case '=':
                return Take(TokenKind.Equals, 1);
            case '.' when Rest.StartsWith(".."):
                return Take(TokenKind.Id, 2);
            case '.' when at + 1 < text.Length && Letters.EndsName(text[at + 1]):
                return Take(TokenKind.Id, 1);
            case '.' or '/':
                return Take(TokenKind.Sep, 1);
            case '"' or '\'' when Quoted(letter) is > 0 and var length:
                return Take(TokenKind.String, length, text.Substring(at + 1, length - 2).Replace("\\" + letter, letter.ToString(), StringComparison.Ordinal));
            case '@':
                return Take(TokenKind.Data, 1);
            case '|':
                return Take(TokenKind.CloseBlockParams, 1);
            case '[' when Quoted(']') is > 0 and var length:
                return Take(TokenKind.Id, length, Unescape(text.Substring(at, length)));
            default:
                return Literal() ?? Name() ?? Take(TokenKind.Invalid, 1);
        }
    }

    private Token? Open()
    {
        if (Rest.StartsWith("{{{{")) return Take(TokenKind.OpenRawBlock, 4);
        var i = at + 2;
        if (Letter(i) == '~') i++;
        switch (Letter(i))
        {
            case '>':
                return TakeTo(TokenKind.OpenPartial, i + 1);
            case '#' when Letter(i + 1) == '>':
                return TakeTo(TokenKind.OpenPartialBlock, i + 2);
            case '#':
                return TakeTo(TokenKind.OpenBlock, Letter(i + 1) == '*' ? i + 2 : i + 1);
            case '/':
                return TakeTo(TokenKind.OpenEndBlock, i + 1);
            case '^':
                return CloseBehind(SkipSpace(i + 1)) is > 0 and var end ? Leave(TokenKind.Inverse, end) : TakeTo(TokenKind.OpenInverse, i + 1);
            case '{':
                return TakeTo(TokenKind.OpenUnescaped, i + 1);
            case '&':
                return TakeTo(TokenKind.Open, i + 1);
            case '!':
                return Comment(i);
        }

        var word = SkipSpace(i);
        if (text.AsSpan(Math.Min(word, text.Length)).StartsWith("else"))
        {
            if (CloseBehind(SkipSpace(word + 4)) is > 0 and var end) return Leave(TokenKind.Inverse, end);
            if (!Letters.IsWord(Letter(word + 4))) return TakeTo(TokenKind.OpenInverseChain, word + 4);
        }

        return TakeTo(TokenKind.Open, Letter(i) == '*' ? i + 1 : i);
    }

    private Token? Comment(int mark)
    {
        var isLong = text.AsSpan(mark).StartsWith("!--");
        if (isLong)
        {
            for (var i = at; (i = text.IndexOf("--", i, StringComparison.Ordinal)) >= 0; i++)
            {
                if (CloseBehind(i + 2) is > 0 and var end) return Leave(TokenKind.Comment, end);
            }

            return TakeTo(TokenKind.Invalid, text.Length);
        }

        var close = text.IndexOf("}}", mark, StringComparison.Ordinal);
        return close < 0 ? TakeTo(TokenKind.Invalid, text.Length) : Leave(TokenKind.Comment, close + 2);
    }

    private Token? Close()
    {
        if (Rest.StartsWith("}}}}"))
        {
            (mode, rawDepth) = (Mode.Raw, 1);
            return Take(TokenKind.CloseRawBlock, 4);
        }

        if (text[at] == '}' && CloseBehind(at + 1) is > 0 and var unescaped) return Leave(TokenKind.CloseUnescaped, unescaped);
        return CloseBehind(at) is > 0 and var end ? Leave(TokenKind.Close, end) : null;
    }

    /// <summary>Behind <c>}}</c> or <c>~}}</c> at an offset; 0 where there is neither.</summary>
    private readonly int CloseBehind(int offset)
    {
        if (Letter(offset) == '~') offset++;
        return Letter(offset) == '}' && Letter(offset + 1) == '}' ? offset + 2 : 0;
    }

    private Token? Literal()
    {
        if (Word("true") || Word("false")) return Take(TokenKind.Boolean, text[at] == 't' ? 4 : 5);
        if (Word("undefined")) return Take(TokenKind.Undefined, 9);
        if (Word("null")) return Take(TokenKind.Null, 4);
        if (Rest.StartsWith("as") && Letters.IsSpace(Letter(at + 2)) && Letter(SkipSpace(at + 2)) == '|') return TakeTo(TokenKind.OpenBlockParams, SkipSpace(at + 2) + 1);
        var digits = Letter(at) == '-' ? at + 1 : at;
        var i = SkipDigits(digits);
        if (i == digits) return null;
        if (Letter(i) == '.' && SkipDigits(i + 1) is var fraction && fraction > i + 1) i = fraction;
        return i < text.Length && Letters.EndsLiteral(text[i]) ? TakeTo(TokenKind.Number, i) : null;
    }

    private readonly bool Word(string word) => Rest.StartsWith(word) && at + word.Length < text.Length && Letters.EndsLiteral(text[at + word.Length]);

    private Token? Name()
    {
        var length = Letters.NameLength(Rest);
        return length > 0 && at + length < text.Length && Letters.EndsName(text[at + length]) ? Take(TokenKind.Id, length) : null;
    }

    /// <summary>The length of a text that a sign ends, unless a backslash stands before it; 0 where it does not end.</summary>
    private readonly int Quoted(char close)
    {
        // Where no plain sign follows, the last one with a backslash ends it after all.
        var fallback = 0;
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] != close) continue;
            if (text[i - 1] != '\\') return i + 1 - at;
            fallback = i + 1 - at;
        }

        return fallback;
    }

    private static string Unescape(string segment)
    {
        if (!segment.Contains('\\', StringComparison.Ordinal)) return segment;
        var kept = new System.Text.StringBuilder(segment.Length);
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '\\' && i + 1 < segment.Length && segment[i + 1] is '\\' or ']') i++;
            kept.Append(segment[i]);
        }

        return kept.ToString();
    }
}
