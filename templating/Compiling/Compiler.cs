using System.Text;
using Platform.Templating.Rendering;
using Platform.Templating.Syntax;

namespace Platform.Templating.Compiling;

/// <summary>Resolves the tree of a template against its theme: names to paths, helpers, block parameters or partials; text to UTF-8.</summary>
internal sealed partial class Compiler
{
    private readonly TemplateEnvironment environment;
    private readonly TemplateOptions options;
    private readonly TemplateSource source;
    private Scope? scope;

    private Compiler(TemplateEnvironment environment, TemplateSource source)
    {
        this.environment = environment;
        options = environment.Options;
        this.source = source;
    }

    /// <summary>Resolves a template without an error.</summary>
    /// <exception cref="TemplateException">It calls what can't be called.</exception>
    public static TemplateCode Compile(TemplateEnvironment environment, TemplateSyntax syntax)
    {
        var compiler = new Compiler(environment, syntax.Source);
        return new(syntax.Source, compiler.CompileBody(syntax.Root!, true));
    }

    /// <param name="program">Null for a part that is not there.</param>
    /// <param name="hasFrame">It will run in a frame of its own.</param>
    private Body CompileBody(ProgramNode? program, bool hasFrame)
    {
        if (program is null) return Body.Empty;
        scope = new(program.BlockParams, hasFrame, scope);
        var (nodes, inlines) = (new List<Node>(program.Body.Count), new List<InlineDefinition>());
        var text = new StringBuilder();
        var start = program.Start;
        foreach (var part in program.Body)
        {
            if (part is ContentNode content)
            {
                if (text.Length == 0) start = content.Start;
                text.Append(content.Value);
            }
            else if (part is DecoratorBlockNode inline)
            {
                inlines.Add(Inline(inline));
            }
            else if (Node(part) is { } node)
            {
                if (options.PreventIndent && part is PartialNode { Indent: var indent }) text.Append(indent);
                if (text.Length > 0) node.Before = new(text.ToString());
                nodes.Add(node);
                text.Clear();
            }
        }

        if (text.Length > 0) nodes.Add(new TextNode(start, new(text.ToString())));
        scope = scope.Outer;
        return new([.. nodes], [.. inlines], hasFrame) { Parameters = program.BlockParams.Length };
    }

    /// <summary>Null for a comment.</summary>
    private Node? Node(SyntaxNode part) => part switch
    {
        MustacheNode mustache => Value(mustache),
        BlockNode block => Block(block),
        PartialNode partial => Partial(partial.Start, partial.Call, options.PreventIndent ? "" : partial.Indent, null),
        PartialBlockNode partial => Partial(partial.Start, partial.Call, "", partial.Program),
        DecoratorNode decorator => throw UnknownDecorator(decorator.Start, decorator.Call),
        _ => null,
    };

    private Node Value(MustacheNode mustache)
    {
        var isEscaped = mustache.IsEscaped && !options.NoEscape;
        var value = Value(mustache.Call, mustache.Start, false);
        return value is NameExpression name ? new NameNode(mustache.Start, name.Name, isEscaped) : new ValueNode(mustache.Start, value, isEscaped);
    }

    private InlineDefinition Inline(DecoratorBlockNode block)
    {
        if (block.Call.Path.Original != "inline") throw UnknownDecorator(block.Start, block.Call);
        if (block.Call.Arguments is not [var name]) throw Error(block.Start, "{{#*inline}} has no name; expected {{#*inline \"name\"}}. Give it one.");
        return new(Argument(name), CompileBody(block.Program, true));
    }

    private PartialCallNode Partial(int start, Call call, string indent, ProgramNode? block)
    {
        if (call.Arguments.Count > 1) throw Error(call.Arguments[1].Start, $"a partial is called with {call.Arguments.Count} arguments; expected one at most, the context. Give the others by name: a=b.");
        var name = call.Path is SubExpressionNode ? null : call.Path.Original;
        return new(start, name)
        {
            DynamicName = name is null ? Argument(call.Path) : null,
            Link = name is null ? null : environment.Partial(name),
            Environment = environment,
            Context = call.Arguments.Count == 0 ? null : Argument(call.Arguments[0]),
            Hash = Hash(call.Hash),
            Indent = Encoding.UTF8.GetBytes(indent),
            Block = block is null ? null : CompileBody(block, true),
        };
    }

    private Node Block(BlockNode block)
    {
        var (call, start) = (block.Call, block.Start);
        var path = AsPath(call.Path);
        var name = path.Parts.Length > 0 ? path.Parts[0] : "";
        switch (Classify(path, call.HasArguments))
        {
            case CallKind.Helper when path.IsSimple && !path.IsData && BuiltinBlocks.Contains(name) && environment.Helper(name) is null:
                return Builtin(name, block);
            case CallKind.Helper when path.IsSimple && FindHelper(path, call) is { } helper:
                return new HelperBlockNode(start, Invocation(start, path.Original, helper, call, block));
            case CallKind.Helper:
                return new ValueNode(start, Missing(start, path, call, block), false);
            case CallKind.Ambiguous when FindHelper(path, call) is { } helper:
                return new HelperBlockNode(start, Invocation(start, path.Original, helper, call, block));
            case CallKind.Ambiguous:
                return Section(block, path, Fallback(start, path));
            default:
                return Section(block, path, Path(path, true));
        }
    }

    private Node Section(BlockNode block, PathNode path, Expression value)
    {
        if (environment.Helper("blockHelperMissing") is not { } custom) return new SectionNode(block.Start, value, CompileBody(block.Program, true), CompileBody(block.Inverse, true));
        return new HelperBlockNode(block.Start, new(block.Start, path.Original, custom)
        {
            Arguments = [value],
            Body = CompileBody(block.Program, true),
            Else = block.Inverse is null ? null : CompileBody(block.Inverse, true),
        });
    }

    private Node Builtin(string name, BlockNode block)
    {
        var (start, call) = (block.Start, block.Call);
        if (call.Arguments.Count != 1)
        {
            CompileForErrors(call);
            CompileBody(block.Program, true);
            CompileBody(block.Inverse, true);
            return new FailureNode(start, $"{{{{#{name}}}}} has {call.Arguments.Count} arguments; expected one. Put what belongs together into (…).");
        }

        var hash = Hash(call.Hash);
        var unused = hash.Where(pair => pair.Name != "includeZero" || name is "with" or "each").Select(pair => pair.Value).ToArray();
        var value = Argument(call.Arguments[0]);
        if (unused.Length > 0) value = new FirstExpression(value, unused);
        if (name is "with" or "each")
        {
            var (body, otherwise) = (CompileBody(block.Program, true), CompileBody(block.Inverse, true));
            return name == "with" ? new WithNode(start, value, body, otherwise) : new EachNode(start, value, body, otherwise);
        }

        var (then, other) = (CompileBody(block.Program, false), CompileBody(block.Inverse, false));
        var zero = hash.FirstOrDefault(pair => pair.Name == "includeZero").Value;
        return name == "if" ? new IfNode(start, value, zero, then, other) : new IfNode(start, value, zero, other, then);
    }

    private TemplateException UnknownDecorator(int start, Call call) =>
        Error(start, $"'{call.Path.Original}' is no decorator; expected {{{{#*inline \"name\"}}}}, the only one there is. Write # for a block.");

    private TemplateException Error(int offset, string reason) => SourceText.Error(source, offset, reason);
}
