namespace Platform.Templating.Syntax;

/// <summary>Reads the statements of a template: the grammar of Handlebars.js 4, by recursive descent that is counted.</summary>
internal ref partial struct Parser
{
    /// <summary>Links of else chains on one way into the tree.</summary>
    private const int MaxChain = 256;

    private readonly TemplateSource source;
    private Lexer lexer;
    private Token token;
    private Token? ahead;
    private int nesting;
    private int chain;

    private Parser(TemplateSource source)
    {
        this.source = source;
        lexer = new(source.Text);
        token = lexer.Next();
    }

    /// <summary>The tree of a template; white space control is not applied yet.</summary>
    /// <exception cref="TemplateException">The source is no template, or nests too deep.</exception>
    public static ProgramNode Parse(TemplateSource source)
    {
        var parser = new Parser(source);
        var root = parser.Program();
        if (parser.token.Kind != TokenKind.End) throw parser.Unexpected();
        return root;
    }

    private ProgramNode Program()
    {
        var (start, body) = (token.Start, new List<SyntaxNode>());
        while (Statement() is { } statement) body.Add(statement);
        return new(start, body);
    }

    /// <summary>Null where the program ends.</summary>
    private SyntaxNode? Statement()
    {
        var first = token;
        switch (first.Kind)
        {
            case TokenKind.Content:
                Advance();
                return new ContentNode(first.Start, first.Value);
            case TokenKind.Comment:
                Advance();
                return new CommentNode(first.Start, CommentText(first.Value), StripOf(first, first));
            case TokenKind.Open or TokenKind.OpenUnescaped:
                return Mustache(first);
            case TokenKind.OpenBlock:
                return Block(first);
            case TokenKind.OpenInverse:
                return InverseBlock(first);
            case TokenKind.OpenRawBlock:
                return RawBlock(first);
            case TokenKind.OpenPartial:
                Advance();
                var partial = Call(isPartial: true);
                return new PartialNode(first.Start, partial, StripOf(first, Expect(TokenKind.Close)));
            case TokenKind.OpenPartialBlock:
                return PartialBlock(first);
            default:
                return null;
        }
    }

    private SyntaxNode Mustache(Token open)
    {
        Advance();
        var call = Call();
        var close = Expect(open.Kind == TokenKind.Open ? TokenKind.Close : TokenKind.CloseUnescaped);
        var strip = StripOf(open, close);
        if (open.Value[^1] == '*') return new DecoratorNode(open.Start, call, strip);
        return new MustacheNode(open.Start, call, open.Value[^1] is not ('{' or '&') || open.Value.Length == 2, strip);
    }

    private EnclosingNode Block(Token open)
    {
        Enter(open);
        var (call, openStrip, program) = Opened(open);
        var isDecorator = open.Value[^1] == '*';
        if (isDecorator && token.Kind is TokenKind.Inverse or TokenKind.OpenInverseChain)
            throw Error(token.Start, $"{Shown(token)} stands in {{{{#*{call.Path.Original}}}}}, which has no second part. Remove it.");
        var (inverse, inverseStrip) = InverseChain();
        var close = CloseBlock(open, call.Path);
        nesting--;
        if (inverse is { IsChained: true }) ((BlockNode)inverse.Body[0]).CloseStrip = close;
        if (isDecorator) return new DecoratorBlockNode(open.Start, call) { Program = program, OpenStrip = openStrip, CloseStrip = close };
        return new BlockNode(open.Start, call) { Program = program, Inverse = inverse, OpenStrip = openStrip, InverseStrip = inverseStrip, CloseStrip = close };
    }

    private BlockNode InverseBlock(Token open)
    {
        Enter(open);
        var (call, openStrip, program) = Opened(open);
        var (other, inverseStrip) = token.Kind == TokenKind.Inverse ? InverseChain() : (null, default);
        var close = CloseBlock(open, call.Path);
        nesting--;
        return new(open.Start, call) { Program = other, Inverse = program, OpenStrip = openStrip, InverseStrip = inverseStrip, CloseStrip = close };
    }

    /// <summary>The opening tag of a block and what stands behind it.</summary>
    private (Call Call, Strip Strip, ProgramNode Program) Opened(Token open)
    {
        Advance();
        var (call, parameters) = (Call(), BlockParams());
        var strip = StripOf(open, Expect(TokenKind.Close));
        var program = Program();
        program.BlockParams = parameters;
        return (call, strip, program);
    }

    /// <summary><c>{{else}}</c> or <c>{{else name …}}</c> and what follows it.</summary>
    private (ProgramNode? Program, Strip Strip) InverseChain()
    {
        var first = token;
        if (first.Kind == TokenKind.Inverse)
        {
            Advance();
            return (Program(), StripOf(first, first));
        }

        if (first.Kind != TokenKind.OpenInverseChain) return default;
        if (++chain > MaxChain) throw Error(first.Start, $"more than {MaxChain} {{{{else …}}}} follow one another. Prepare the value in the data.");
        var (call, strip, program) = Opened(first);
        var (inverse, inverseStrip) = InverseChain();
        chain--;
        // As in Handlebars.js: only the chain's first link learns of the closing tag, by the block that it belongs to.
        var link = new BlockNode(first.Start, call) { Program = program, Inverse = inverse, OpenStrip = strip, InverseStrip = inverseStrip, CloseStrip = strip };
        return (new(first.Start, [link]) { IsChained = true }, strip);
    }

    private BlockNode RawBlock(Token open)
    {
        Advance();
        var call = Call();
        Expect(TokenKind.CloseRawBlock);
        var (start, body) = (token.Start, new List<SyntaxNode>());
        while (token.Kind == TokenKind.Content)
        {
            body.Add(new ContentNode(token.Start, token.Value));
            Advance();
        }

        if (token.Kind != TokenKind.EndRawBlock) throw Error(open.Start, $"{{{{{{{{{call.Path.Original}}}}}}}}} is never closed; expected {{{{{{{{/{call.Path.Original}}}}}}}}}. Close it.");
        if (token.Value != call.Path.Original) throw Mismatch(token, token.Value, call.Path, open);
        Advance();
        return new(open.Start, call) { Program = new(start, body) };
    }

    private PartialBlockNode PartialBlock(Token open)
    {
        Advance();
        Enter(open);
        var call = Call(isPartial: true);
        if (call.Path is SubExpressionNode) throw Error(call.Path.Start, "a partial block is closed by its name, and (…) has none. Write {{> (…)}}, or name the partial.");
        var strip = StripOf(open, Expect(TokenKind.Close));
        var program = Program();
        var close = CloseBlock(open, call.Path);
        nesting--;
        return new(open.Start, call) { Program = program, OpenStrip = strip, CloseStrip = close };
    }

    private Strip CloseBlock(Token open, ExpressionNode path)
    {
        if (token.Kind == TokenKind.End) throw Error(open.Start, $"{Tag(open, path)} is never closed; expected {{{{/{path.Original}}}}}. Close it.");
        if (token.Kind is TokenKind.Inverse or TokenKind.OpenInverseChain) throw Error(token.Start, $"a second {{{{else}}}} in {Tag(open, path)}; expected {{{{/{path.Original}}}}}. Remove one.");
        var first = Expect(TokenKind.OpenEndBlock);
        var name = Name();
        var close = Expect(TokenKind.Close);
        if (name.Original != path.Original) throw Mismatch(first, name.Original, path, open);
        return StripOf(first, close);
    }

    private TemplateException Mismatch(Token close, string name, ExpressionNode path, Token open) => Error(
        close.Start, $"{{{{/{name}}}}} closes {Tag(open, path)} of line {SourceText.PlaceOf(source, open.Start).Line}; expected {{{{/{path.Original}}}}}. Close the inner block first.");

    private void Enter(Token open)
    {
        if (++nesting > RenderBudget.MaxNesting) throw Error(open.Start, $"blocks are nested more than {RenderBudget.MaxNesting} deep. Move the inner ones into a partial.");
    }

    private static string Tag(Token open, ExpressionNode path) => $"{open.Value.Replace("~", "", StringComparison.Ordinal)}{(open.Kind == TokenKind.OpenPartialBlock ? " " : "")}{path.Original}}}}}";

    private static Strip StripOf(Token open, Token close) =>
        new(open.Value.Length > 2 && open.Value[2] == '~', close.Value.Length > 2 && close.Value[^3] == '~');

    private static string CommentText(string tag)
    {
        var text = tag.AsSpan(2, tag.Length - 4).TrimStart('~')[1..];
        if (text.EndsWith("~")) text = text[..^1];
        for (var i = 0; i < 2 && text.StartsWith("-"); i++) text = text[1..];
        for (var i = 0; i < 2 && text.EndsWith("-"); i++) text = text[..^1];
        return text.ToString();
    }
}
