using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Templating;
using Platform.Templating.Syntax;

namespace Platform.Conformance.Engines;

/// <summary>Shows tokens and trees as the specification writes them down.</summary>
internal sealed partial class SyntaxPrinter
{
    private readonly StringBuilder output = new();
    private int level;

    /// <summary>The tokens of a template, up to the first that is none, as JSON.</summary>
    public static string Tokens(string template)
    {
        var tokens = new List<object>();
        var lexer = new Lexer(template);
        for (var token = lexer.Next(); token.Kind is not (TokenKind.End or TokenKind.Invalid); token = lexer.Next())
        {
            tokens.Add(new { name = Terminal(token.Kind), text = token.Value });
        }

        return JsonSerializer.Serialize(tokens);
    }

    /// <summary>The tree of a template, a node a line.</summary>
    public static string Tree(TemplateSyntax syntax)
    {
        if (syntax.Error is { } error) throw error;
        var printer = new SyntaxPrinter();
        printer.Body(syntax.Root!);
        return printer.output.ToString();
    }

    private static string Terminal(TokenKind kind) => kind == TokenKind.OpenEndBlock ? "OPEN_ENDBLOCK" : Hump().Replace(kind.ToString(), "_$0").ToUpperInvariant();

    private void Body(ProgramNode program)
    {
        if (program.BlockParams.Length > 0) Line($"BLOCK PARAMS: [ {string.Join(' ', program.BlockParams)} ]");
        foreach (var node in program.Body) Node(node);
    }

    private void Node(SyntaxNode node)
    {
        switch (node)
        {
            case ContentNode content:
                Line($"CONTENT[ '{content.Value}' ]");
                break;
            case CommentNode comment:
                Line($"{{{{! '{comment.Text}' }}}}");
                break;
            case MustacheNode mustache:
                Line($"{{{{ {Of(mustache.Call)} }}}}");
                break;
            case DecoratorNode decorator:
                Line($"{{{{ DIRECTIVE {Of(decorator.Call)} }}}}");
                break;
            case PartialNode partial:
                Line($"{{{{> PARTIAL:{OfPartial(partial.Call)} }}}}");
                break;
            case PartialBlockNode partial:
                Line($"{{{{> PARTIAL BLOCK:{OfPartial(partial.Call)} PROGRAM:");
                Indented(partial.Program!);
                Line(" }}");
                break;
            case BlockNode block:
                Block("BLOCK:", block.Call, block);
                break;
            case DecoratorBlockNode block:
                Block("DIRECTIVE BLOCK:", block.Call, block);
                break;
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    private void Block(string title, Call call, EnclosingNode block)
    {
        Line(title);
        level++;
        Line(Of(call));
        if (block.Program is { } program)
        {
            Line("PROGRAM:");
            Indented(program);
        }

        if (block.Inverse is { } inverse)
        {
            Line("{{^}}");
            Indented(inverse);
        }

        level--;
    }

    private void Indented(ProgramNode program)
    {
        level++;
        Body(program);
        level--;
    }

    private void Line(string text) => output.Append(' ', 2 * level).Append(text).Append('\n');

    private static string Of(Call call) => $"{Of(call.Path)} [{string.Join(", ", call.Arguments.Select(Of))}]{Hash(call)}";

    private static string OfPartial(Call call) => call.Path.Original + (call.Arguments.Count > 0 ? " " + Of(call.Arguments[0]) : "") + Hash(call);

    private static string Hash(Call call) => call.Hash.Count == 0 ? "" : $" HASH{{{string.Join(", ", call.Hash.Select(pair => $"{pair.Key}={Of(pair.Value)}"))}}}";

    private static string Of(ExpressionNode node) => node switch
    {
        PathNode path => $"{(path.IsData ? "@" : "")}PATH:{string.Join('/', path.Parts)}",
        SubExpressionNode expression => Of(expression.Call),
        LiteralNode { Kind: TokenKind.String } text => $"\"{text.Value}\"",
        LiteralNode { Kind: TokenKind.Number or TokenKind.Boolean } literal => $"{literal.Kind.ToString().ToUpperInvariant()}{{{TemplateValue.Text(literal.Value)}}}",
        LiteralNode literal => literal.Kind.ToString().ToUpperInvariant(),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Hump();
}
