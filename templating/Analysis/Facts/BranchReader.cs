using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis.Facts;

/// <summary>Finds branches of <c>if</c> and <c>unless</c> that a literal, or the same condition around them, shuts for ever.</summary>
internal sealed class BranchReader
{
    // Helpers whose result depends on their arguments alone.
    private static readonly string[] Pure = ["eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "len", "lookup"];

    private readonly TemplateSource source;
    private readonly List<Finding> found = [];

    private BranchReader(TemplateSource source) => this.source = source;

    public static IReadOnlyList<Finding> Read(TemplateSyntax syntax)
    {
        var reader = new BranchReader(syntax.Source);
        reader.Program(syntax.Root, null);
        return reader.found;
    }

    /// <param name="program">What is walked.</param>
    /// <param name="known">What the conditions around it say; the context is the same in all of them.</param>
    private void Program(ProgramNode? program, Known? known)
    {
        if (program is null) return;
        foreach (var node in program.Body)
        {
            switch (node)
            {
                case BlockNode { Call: { Path.Original: "if" or "unless", Arguments: [var condition] } call } block:
                    Condition(block, condition, call, known);
                    break;
                case BlockNode block:
                    Program(block.Program, null);
                    Program(block.Inverse, block.Call.Path.Original is "each" or "with" ? known : null);
                    break;
                case EnclosingNode other:
                    Program(other.Program, null);
                    break;
            }
        }
    }

    private void Condition(BlockNode block, ExpressionNode condition, Call call, Known? known)
    {
        var includeZero = call.Hash.Count == 0 ? "" : call.Hash is [{ Key: "includeZero", Value: LiteralNode { Value: true } }] ? " includeZero" : null;
        var (key, isNegated) = Key(condition);
        var (then, otherwise) = call.Path.Original == "if" ? (block.Program, block.Inverse) : (block.Inverse, block.Program);
        if (includeZero is null || (key is null && condition is not LiteralNode))
        {
            Program(then, known);
            Program(otherwise, known);
            return;
        }

        key += includeZero;
        var (value, why) = condition is LiteralNode literal
            ? (TemplateValue.IsTruthy(literal.Value, includeZero.Length > 0), $"'{literal.Original}' is always {Word(TemplateValue.IsTruthy(literal.Value, includeZero.Length > 0))}")
            : Known.Of(known, key) is { } before
                ? (before.Value != isNegated, $"'{Shown(condition)}' is {Word(before.Value != isNegated)} here since line {SourceText.PlaceOf(source, before.Start).Line}")
                : ((bool?)null, "");
        if (value != false) Program(then, new(key, !isNegated, block.Start, known));
        else Say(block, then, why);
        if (value != true) Program(otherwise, new(key, isNegated, block.Start, known));
        else Say(block, otherwise, why);
    }

    private void Say(BlockNode block, ProgramNode? never, string why)
    {
        if (never is null || never.Body.All(node => node is CommentNode || (node is ContentNode text && string.IsNullOrWhiteSpace(text.Value)))) return;
        var (at, what) = never == block.Program ? (block.Start, $"what {{{{#{block.Call.Path.Original}}}}} holds") : (block.Program is null ? block.Start : never.Start, "what follows {{else}}");
        found.Add(new(FindingKind.Unreachable, SourceText.PlaceOf(source, at), Severity.Warning, $"{what} is never rendered: {why}. Remove it, or correct the condition."));
    }

    /// <summary>What makes two conditions the same one; null where that can't be said.</summary>
    private static (string? Key, bool IsNegated) Key(ExpressionNode node)
    {
        if (node is not SubExpressionNode { Call: { Path.Original: "not", Arguments: [var inner], Hash: [] } }) return (Text(node), false);
        var (key, isNegated) = Key(inner);
        return (key, !isNegated);
    }

    private static string? Text(ExpressionNode node)
    {
        if (node is PathNode path) return path.Original;
        if (node is LiteralNode literal) return $"{literal.Kind} \"{literal.Original}\"";
        if (node is not SubExpressionNode { Call: { Hash: [] } call } || !Pure.Contains(call.Path.Original)) return null;
        var arguments = call.Arguments.Select(Text).ToList();
        return arguments.Contains(null) ? null : $"({call.Path.Original} {string.Join(' ', arguments)})";
    }

    private static string Shown(ExpressionNode node) => node is SubExpressionNode nested ? $"({nested.Call.Path.Original} …)" : node.Original;

    private static string Word(bool value) => value ? "true" : "false";

    /// <summary>A condition whose outcome is known, and the tag that says it.</summary>
    private sealed record Known(string Key, bool Value, int Start, Known? Outer)
    {
        public static Known? Of(Known? all, string key)
        {
            while (all is not null && all.Key != key) all = all.Outer;
            return all;
        }
    }
}
