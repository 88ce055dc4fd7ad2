using System.Globalization;

namespace Platform.Templating.Syntax;

/// <summary>Reads names, arguments and literals.</summary>
internal ref partial struct Parser
{
    private const int MaxArguments = 256;

    /// <summary>A name, its arguments and its hash.</summary>
    private Call Call(bool isPartial = false)
    {
        var path = isPartial && token.Kind == TokenKind.OpenSexpr ? SubExpression() : Name();
        var arguments = new List<ExpressionNode>();
        var hash = new List<HashPair>();
        while (true)
        {
            if (token.Kind == TokenKind.Id && Peek().Kind == TokenKind.Equals)
            {
                var key = Segment(token.Value);
                Advance();
                Advance();
                hash.Add(new(key, Argument() ?? throw Unexpected("a value")));
            }
            else if (hash.Count > 0 || Argument() is not { } argument)
            {
                return new(path, arguments, hash);
            }
            else
            {
                arguments.Add(argument);
            }

            if (arguments.Count + hash.Count > MaxArguments) throw Error(token.Start, $"more than {MaxArguments} arguments. Prepare the values in the data.");
        }
    }

    private ExpressionNode? Argument() => token.Kind switch
    {
        TokenKind.OpenSexpr => SubExpression(),
        TokenKind.Id or TokenKind.Data or TokenKind.String or TokenKind.Number or TokenKind.Boolean or TokenKind.Undefined or TokenKind.Null => Name(),
        _ => null,
    };

    private SubExpressionNode SubExpression()
    {
        var open = token;
        Advance();
        Enter(open);
        var call = Call();
        Expect(TokenKind.CloseSexpr);
        nesting--;
        return new(open.Start, call);
    }

    /// <summary>A path, a data variable or a literal.</summary>
    private ExpressionNode Name()
    {
        var first = token;
        switch (first.Kind)
        {
            case TokenKind.Id:
                return Path(false);
            case TokenKind.Data:
                Advance();
                if (token.Kind != TokenKind.Id) throw Unexpected("a name after @");
                return Path(true, first.Start);
            case TokenKind.String:
                Advance();
                return new LiteralNode(first.Start, first.Kind, first.Value, first.Value);
            case TokenKind.Number:
                Advance();
                var number = Number(first.Value);
                return new LiteralNode(first.Start, first.Kind, TemplateValue.Text(number), number);
            case TokenKind.Boolean:
                Advance();
                return new LiteralNode(first.Start, first.Kind, first.Value, first.Value == "true" ? Boxes.True : Boxes.False);
            case TokenKind.Undefined or TokenKind.Null:
                Advance();
                return new LiteralNode(first.Start, first.Kind, first.Value, null);
            default:
                throw Unexpected("a name");
        }
    }

    private PathNode Path(bool isData, int start = -1)
    {
        if (start < 0) start = token.Start;
        var parts = new List<string>();
        var original = new System.Text.StringBuilder(isData ? "@" : "");
        var depth = 0;
        while (true)
        {
            var segment = Segment(token.Value);
            original.Append(segment);
            if (segment.Length == token.Value.Length && segment is ".." or "." or "this")
            {
                if (parts.Count > 0) throw Error(start, $"'{original}' is no path: '{segment}' follows a name; expected it at the beginning. Write ../{parts[0]}, or [{segment}] for a key of that name.");
                if (segment == "..") depth++;
            }
            else
            {
                parts.Add(segment);
            }

            Advance();
            if (token.Kind != TokenKind.Sep) break;
            original.Append(token.Value);
            Advance();
            if (token.Kind != TokenKind.Id) throw Unexpected("a name");
        }

        return new(start, original.ToString(), isData, depth, [.. parts]);
    }

    /// <summary>A segment without its brackets.</summary>
    private static string Segment(string id) =>
        id.Length >= 2 && id[0] == '[' && id[^1] == ']' && id.AsSpan().IndexOfAny("\n\r\u2028\u2029") < 0 ? id[1..^1] : id;

    private static object Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Math.Abs(whole) < 1L << 53 && (whole != 0 || text[0] != '-')) return Boxes.Of(whole);
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return number == Math.Truncate(number) && Math.Abs(number) < 1L << 53 && !(number == 0 && double.IsNegative(number)) ? Boxes.Of((long)number) : number;
    }

    private Token Peek() => ahead ??= lexer.Next();

    private void Advance()
    {
        token = ahead ?? lexer.Next();
        ahead = null;
    }

    private Token Expect(TokenKind kind)
    {
        if (token.Kind != kind) throw Unexpected(kind switch
        {
            TokenKind.Close => "}}",
            TokenKind.CloseUnescaped => "}}}",
            TokenKind.CloseRawBlock => "}}}}",
            TokenKind.CloseSexpr => ")",
            TokenKind.OpenEndBlock => "{{/…}}",
            _ => "a name",
        });
        var found = token;
        Advance();
        return found;
    }

    private string[] BlockParams()
    {
        if (token.Kind != TokenKind.OpenBlockParams) return [];
        Advance();
        var names = new List<string>();
        while (token.Kind == TokenKind.Id)
        {
            names.Add(Segment(token.Value));
            Advance();
        }

        if (names.Count == 0) throw Unexpected("a name between | and |");
        if (token.Kind != TokenKind.CloseBlockParams) throw Unexpected("| after the block's parameters");
        Advance();
        return [.. names];
    }

    private TemplateException Unexpected(string? expected = null) => token.Kind switch
    {
        TokenKind.End when expected is not null => Error(LastTag(), $"the tag is never closed; expected {expected}. Close it, or write \\{{{{ for two plain braces."),
        TokenKind.Open or TokenKind.OpenUnescaped or TokenKind.OpenBlock or TokenKind.OpenInverse or TokenKind.OpenPartial or TokenKind.OpenPartialBlock or TokenKind.OpenEndBlock when expected is not null =>
            Error(LastTag(token.Start), $"the tag is never closed; expected {expected}. Close it, or write \\{{{{ for two plain braces."),
        TokenKind.OpenEndBlock when expected is null => Error(token.Start, $"{{{{/{Peek().Value}}}}} closes nothing. Remove it, or open {{{{#{Peek().Value}}}}} before it."),
        TokenKind.Inverse or TokenKind.OpenInverseChain when expected is null => Error(token.Start, $"{Shown(token)} stands outside of a block. Put it between {{{{#if …}}}} and {{{{/if}}}}, or remove it."),
        TokenKind.Invalid when IsOpen(token.Start) => Error(LastTag(token.Start), "the tag is never closed; expected }}. Close it, or write \\{{ for two plain braces."),
        TokenKind.Invalid when token.Value.StartsWith("{{", StringComparison.Ordinal) => Error(token.Start, "the comment is never closed; expected --}} after {{!--, else }}. Close it."),
        TokenKind.Invalid when token.Value.StartsWith('\0') => Error(token.Start, "a NUL stands in the text. Remove it."),
        _ => Error(token.Start, $"{Shown(token)} is not expected here{(expected is null ? "" : $"; expected {expected}")}. Correct the tag, or write \\{{{{ for two plain braces."),
    };

    private readonly int LastTag() => LastTag(source.Text.Length);

    private readonly int LastTag(int before) => Math.Max(0, source.Text.AsSpan(0, before).LastIndexOf("{{"));

    /// <summary>Whether the tag around an offset is not closed before the next one, or not at all.</summary>
    private readonly bool IsOpen(int offset)
    {
        var rest = source.Text.AsSpan(offset);
        if (rest.StartsWith("{{") || rest.StartsWith("\0")) return false;
        var close = rest.IndexOf("}}");
        return close < 0 || rest[..close].Contains("{{", StringComparison.Ordinal);
    }

    private static string Shown(Token token)
    {
        if (token.Kind == TokenKind.Inverse) return "{{else}}";
        if (token.Kind == TokenKind.OpenInverseChain) return "{{else …}}";
        if (token.Kind == TokenKind.OpenEndBlock) return "{{/…}}";
        return token.Kind == TokenKind.End ? "the end" : $"'{(token.Value.Length > 40 ? token.Value[..40] + "…" : token.Value)}'";
    }

    private readonly TemplateException Error(int offset, string reason) => SourceText.Error(source, offset, reason);
}
