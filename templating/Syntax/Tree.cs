namespace Platform.Templating.Syntax;

/// <summary>A node of the syntax tree, named as in Handlebars.js.</summary>
internal abstract class SyntaxNode(int start)
{
    /// <summary>The offset of its first letter.</summary>
    public int Start { get; } = start;
}

/// <summary>Which sides of a tag take the white space beside it away.</summary>
internal readonly record struct Strip(bool Open, bool Close);

internal sealed class ProgramNode(int start, List<SyntaxNode> body) : SyntaxNode(start)
{
    public List<SyntaxNode> Body { get; } = body;

    public string[] BlockParams { get; set; } = [];

    /// <summary>The rest of an <c>{{else if}}</c> chain.</summary>
    public bool IsChained { get; init; }
}

internal sealed class ContentNode(int start, string text) : SyntaxNode(start)
{
    public string Original { get; } = text;

    /// <summary>What is left when tags have taken white space away.</summary>
    public string Value { get; set; } = text;

    public bool IsLeftStripped { get; set; }

    public bool IsRightStripped { get; set; }
}

internal sealed class CommentNode(int start, string text, Strip strip) : SyntaxNode(start)
{
    public string Text { get; } = text;

    public Strip Strip { get; } = strip;
}

internal sealed class MustacheNode(int start, Call call, bool isEscaped, Strip strip) : SyntaxNode(start)
{
    public Call Call { get; } = call;

    public bool IsEscaped { get; } = isEscaped;

    public Strip Strip { get; } = strip;
}

/// <summary><c>{{* name}}</c></summary>
internal sealed class DecoratorNode(int start, Call call, Strip strip) : SyntaxNode(start)
{
    public Call Call { get; } = call;

    public Strip Strip { get; } = strip;
}

/// <summary>What encloses programs.</summary>
internal abstract class EnclosingNode(int start) : SyntaxNode(start)
{
    public ProgramNode? Program { get; init; }

    public ProgramNode? Inverse { get; init; }

    public Strip OpenStrip { get; init; }

    public Strip InverseStrip { get; init; }

    public Strip CloseStrip { get; set; }
}

/// <summary><c>{{#name}}…{{else}}…{{/name}}</c>, <c>{{^name}}</c>, a raw block, a link of an else chain.</summary>
internal sealed class BlockNode(int start, Call call) : EnclosingNode(start)
{
    public Call Call { get; } = call;
}

/// <summary><c>{{#*name}}…{{/name}}</c></summary>
internal sealed class DecoratorBlockNode(int start, Call call) : EnclosingNode(start)
{
    public Call Call { get; } = call;
}

/// <summary><c>{{> name}}</c>; its name is a path, a literal or a subexpression.</summary>
internal sealed class PartialNode(int start, Call call, Strip strip) : SyntaxNode(start)
{
    public Call Call { get; } = call;

    public Strip Strip { get; } = strip;

    /// <summary>What stands before it on a line of its own.</summary>
    public string Indent { get; set; } = "";
}

/// <summary><c>{{#> name}}…{{/name}}</c></summary>
internal sealed class PartialBlockNode(int start, Call call) : EnclosingNode(start)
{
    public Call Call { get; } = call;
}

/// <summary>A name with arguments.</summary>
internal sealed record Call(ExpressionNode Path, List<ExpressionNode> Arguments, List<HashPair> Hash)
{
    public bool HasArguments => Arguments.Count > 0 || Hash.Count > 0;
}

internal readonly record struct HashPair(string Key, ExpressionNode Value);

internal abstract class ExpressionNode(int start, string original) : SyntaxNode(start)
{
    /// <summary>As written, without the brackets of segments; what a literal is called as a name.</summary>
    public string Original { get; } = original;
}

internal sealed class PathNode(int start, string original, bool isData, int depth, string[] parts) : ExpressionNode(start, original)
{
    /// <summary>Begins with @.</summary>
    public bool IsData { get; } = isData;

    /// <summary>How many <c>..</c> it has.</summary>
    public int Depth { get; } = depth;

    public string[] Parts { get; } = parts;

    /// <summary>Begins with a dot, or names <c>this</c>: never a helper.</summary>
    public bool IsScoped { get; } = original.StartsWith('.') || NamesThis(original);

    /// <summary>One name that may be a helper's.</summary>
    public bool IsSimple => Parts.Length == 1 && !IsScoped && Depth == 0;

    // The word may end another: Handlebars.js looks for /this\b/ anywhere.
    private static bool NamesThis(string original)
    {
        for (var i = 0; (i = original.IndexOf("this", i, StringComparison.Ordinal)) >= 0; i++)
        {
            if (i + 4 == original.Length || !Letters.IsWord(original[i + 4])) return true;
        }

        return false;
    }
}

/// <summary>A text, a number, true, false, null or undefined.</summary>
internal sealed class LiteralNode(int start, TokenKind kind, string original, object? value) : ExpressionNode(start, original)
{
    public TokenKind Kind { get; } = kind;

    /// <summary>A string, a long, a double, a bool or null.</summary>
    public object? Value { get; } = value;
}

internal sealed class SubExpressionNode(int start, Call call) : ExpressionNode(start, "")
{
    public Call Call { get; } = call;
}
