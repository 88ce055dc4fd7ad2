using System.Runtime.CompilerServices;
using Platform.Templating.Compiling;
using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis.Facts;

/// <summary>Follows a page's context through blocks and partials and collects the data that it reads.</summary>
/// <param name="partials">The theme's; null where calls are not followed.</param>
internal sealed class DataWalk(IReadOnlyDictionary<string, TemplateSyntax>? partials)
{
    private const int MaxPrograms = 20_000;

    private readonly HashSet<(object Called, DataContext Context, InlinePartial? Inlines, PartialBody? Block)> visited = [];
    private readonly HashSet<object> active = [];
    private readonly HashSet<(string File, int Start, string Path)> seen = [];
    private readonly HashSet<string> reached = new(StringComparer.Ordinal);
    private readonly List<DataReading> uses = [];
    private int programs;

    public IReadOnlyList<DataReading> Uses => uses;

    /// <summary>The partials that can be called.</summary>
    public IReadOnlySet<string> Reached => reached;

    /// <summary>False where the templates were too much to follow to the end.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Follows the one page of this walk.</summary>
    public void Page(TemplateSyntax page)
    {
        if (page.Root is not null) Program(page.Root, DataContext.Root, new(page.Source, null, null, null));
        visited.Clear();
        seen.Clear();
    }

    private void Program(ProgramNode? program, DataContext context, Surroundings at, params string?[] parameters)
    {
        if (program is null) return;
        if (++programs > MaxPrograms || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            IsWhole = false;
            return;
        }

        at = at.In(program, parameters);
        foreach (var node in program.Body)
        {
            switch (node)
            {
                case MustacheNode tag:
                    Value(tag.Call, false, context, at);
                    break;
                case BlockNode block:
                    Block(block, context, at);
                    break;
                case PartialNode partial:
                    Partial(partial.Call, null, context, at);
                    break;
                case PartialBlockNode partial:
                    Partial(partial.Call, partial.Program, context, at);
                    break;
                case DecoratorBlockNode inline when partials is null:
                    Program(inline.Program, DataContext.Unknown, at);
                    break;
            }
        }
    }

    private void Block(BlockNode block, DataContext context, Surroundings at)
    {
        var isThis = block.Call is { Path.Original: "with", Arguments: [var only] } && IsThis(only);
        if (block.Call is not { Path.Original: "with", Arguments: [var given] } || !IsContext(given)) Value(block.Call, false, context, at);
        var name = IsParameter(block.Call.Path, at) ? "" : block.Call.Path.Original;
        if (name is "if" or "unless")
        {
            Program(block.Program, context, at);
            Program(block.Inverse, context, at);
            return;
        }

        if (name is "each" or "with" && block.Call.Arguments is [var argument])
        {
            // The context itself adds no level.
            if (isThis)
            {
                Program(block.Program, context, at, context.Path);
            }
            else
            {
                var path = PathOf(argument, context, at);
                if (name == "each") path = DataContext.Entry(path);
                Program(block.Program, new(path, context), at, path);
            }

            Program(block.Inverse, context, at);
            return;
        }

        Program(block.Program, DataContext.Unknown, at);
        Program(block.Inverse, block.Call.HasArguments ? DataContext.Unknown : context, at);
    }

    private void Partial(Call call, ProgramNode? body, DataContext context, Surroundings at)
    {
        var isSame = call.Arguments is [] || IsThis(call.Arguments[0]);
        Arguments(call with { Arguments = [.. call.Arguments.Where(argument => !IsContext(argument))] }, context, at);
        var callee = (isSame ? context : new(PathOf(call.Arguments[0], context, at))).With(call.Hash);
        if (call.Path is SubExpressionNode dynamic)
        {
            Value(dynamic.Call, true, context, at);
            foreach (var (each, syntax) in partials ?? new Dictionary<string, TemplateSyntax>()) Enter(each, each, syntax.Root, DataContext.Unknown, new(syntax.Source, null, null, null));
            return;
        }

        var name = call.Path.Original;
        var inner = body is null ? at : at.In(body);
        var given = body is null ? at.Block : new(body, at);
        if (name == "@partial-block")
        {
            if (at.Block is { } block) Program(block.Program, callee, block.At);
            else Program(body, callee, at);
        }
        else if (InlinePartial.Find(inner.Inlines, name) is { } inline)
        {
            Enter(inline, null, inline.Program, callee, Surroundings.Of(inline, given));
        }
        else if (partials?.GetValueOrDefault(name) is { Root: { } root } partial)
        {
            Enter(name, name, root, callee, new(partial.Source, inner.Inlines, given, null));
        }
        else
        {
            Program(body, callee, at);
        }
    }

    private void Enter(object called, string? name, ProgramNode? program, DataContext context, Surroundings at)
    {
        if (name is not null) reached.Add(name);
        // What calls itself stands in a context that grows without end.
        if (active.Contains(called)) context = DataContext.Unknown;
        if (!visited.Add((called, context, at.Inlines, at.Block))) return;
        var isFirst = active.Add(called);
        Program(program, context, at);
        if (isFirst) active.Remove(called);
    }

    private void Value(Call call, bool isNested, DataContext context, Surroundings at)
    {
        var isParameter = IsParameter(call.Path, at);
        if ((call.HasArguments || isNested) && !isParameter)
        {
            if (call is { Path.Original: "lookup", Arguments: [var map, LiteralNode key] }) Read(map, context, at, false, key.Original);
            else Arguments(call, context, at);
        }
        else if (isParameter || !BuiltinBlocks.IsKnown(call.Path.Original))
        {
            Read(call.Path, context, at, !isParameter && call.Path is not PathNode { IsSimple: false } and not PathNode { IsData: true });
        }
    }

    private void Arguments(Call call, DataContext context, Surroundings at)
    {
        foreach (var argument in call.Arguments) Argument(argument, context, at);
        foreach (var pair in call.Hash) Argument(pair.Value, context, at);
    }

    private void Argument(ExpressionNode node, DataContext context, Surroundings at)
    {
        if (node is SubExpressionNode nested) Value(nested.Call, true, context, at);
        else if (node is PathNode path) Read(path, context, at, false);
    }

    private void Read(ExpressionNode node, DataContext context, Surroundings at, bool mayBeHelper, params string[] more)
    {
        if (node is SubExpressionNode nested) Value(nested.Call, true, context, at);
        if (node is SubExpressionNode || Resolve(node, context, at) is not { } found) return;
        string[] parts = found.Parts is [.. var before, "length"] && (before.Length > 0 || found.Path is not "") ? before : [.. found.Parts, .. more];
        if (found is { Path: null, MayBeRoot: false } && parts.Length == 0) return;
        var path = DataContext.Join(found.Path ?? "", parts);
        if (seen.Add((at.Source.File, node.Start, path))) uses.Add(new(at.Source, node.Start, path, found.Path is null, mayBeHelper, found.MayBeRoot));
    }

    /// <summary>Where an expression's value lies in the data; null where that is not known.</summary>
    private static string? PathOf(ExpressionNode node, DataContext context, Surroundings at) => node switch
    {
        SubExpressionNode { Call: { Path.Original: "lookup", Arguments: [var map, LiteralNode key] } } => PathOf(map, context, at) is { } path ? DataContext.Join(path, [key.Original]) : null,
        PathNode when Resolve(node, context, at) is { Path: { } path } found => DataContext.Join(path, found.Parts),
        _ => null,
    };

    /// <summary>From where a path leads, and its names; null where it reads no data.</summary>
    private static (string? Path, string[] Parts, bool MayBeRoot)? Resolve(ExpressionNode node, DataContext context, Surroundings at)
    {
        if (node is not PathNode path) return (context.Path, [node.Original], context.MayBeRoot);
        if (path.IsData) return path.Parts is ["root", .. var rest] ? ("", rest, false) : null;
        if (path.Depth == 0 && !path.IsScoped && path.Parts.Length > 0 && Parameters.TryFind(at.Parameters, path.Parts[0], out var parameter)) return (parameter, path.Parts[1..], false);

        var from = context;
        for (var i = 0; i < path.Depth; i++) from = from?.Outer;
        if (path.Parts.Length > 0 && from is not null && from.Gives(path.Parts[0])) return null;
        return from is null ? (null, path.Parts, true) : (from.Path, path.Parts, from.MayBeRoot);
    }

    /// <summary>Handed on, a whole context is not read yet.</summary>
    private static bool IsContext(ExpressionNode node) => node is PathNode { Parts: [], IsData: false } or PathNode { IsData: true, Parts: ["root"] };

    private static bool IsThis(ExpressionNode node) => node is PathNode { Parts: [], Depth: 0, IsData: false };

    private static bool IsParameter(ExpressionNode node, Surroundings at) =>
        node is PathNode { IsData: false, Depth: 0, IsScoped: false, Parts: [var name, ..] } && Parameters.TryFind(at.Parameters, name, out _);
}
