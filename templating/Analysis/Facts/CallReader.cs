using Platform.Templating.Compiling;
using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis.Facts;

/// <summary>Collects the calls of a template: partials and what must be helpers.</summary>
internal sealed class CallReader(TemplateSource source)
{
    public List<PartialUse> Partials { get; } = [];

    public List<InlinePartialName> Inlines { get; } = [];

    public List<HelperUse> Helpers { get; } = [];

    public void Read(ProgramNode root) => Program(root, null);

    private void Program(ProgramNode? program, Parameters? parameters)
    {
        if (program is null) return;
        parameters = Parameters.With(parameters, program, []);
        foreach (var node in program.Body)
        {
            switch (node)
            {
                case MustacheNode tag:
                    Call(tag.Call, tag.Start, false, false, parameters);
                    break;
                case BlockNode block:
                    Call(block.Call, block.Start, true, false, parameters);
                    Program(block.Program, parameters);
                    Program(block.Inverse, parameters);
                    break;
                case PartialNode partial:
                    Partial(partial.Call, partial.Start, false, parameters);
                    break;
                case PartialBlockNode partial:
                    Partial(partial.Call, partial.Start, true, parameters);
                    Program(partial.Program, parameters);
                    break;
                case DecoratorBlockNode inline:
                    if (inline.Call.Arguments is [LiteralNode name]) Inlines.Add(new(name.Original, Place(inline.Start)));
                    Arguments(inline.Call, parameters);
                    Program(inline.Program, parameters);
                    break;
            }
        }
    }

    private void Partial(Call call, int start, bool isBlock, Parameters? parameters)
    {
        Partials.Add(new(call.Path is SubExpressionNode ? null : call.Path.Original, isBlock, Place(start)));
        Expression(call.Path, parameters);
        Arguments(call, parameters);
    }

    private void Call(Call call, int start, bool isBlock, bool isNested, Parameters? parameters)
    {
        var name = call.Path.Original;
        var path = call.Path as PathNode;
        var isSimple = path is null or { IsSimple: true, IsData: false };
        var isParameter = isSimple && Parameters.TryFind(parameters, name, out _);
        if (!isParameter && (call.HasArguments || isNested || (isSimple && (BuiltinBlocks.Contains(name) || name == "lookup"))))
            Helpers.Add(new(name, call.Arguments.Count, isBlock, Place(start)));
        Arguments(call, parameters);
    }

    private void Arguments(Call call, Parameters? parameters)
    {
        foreach (var argument in call.Arguments) Expression(argument, parameters);
        foreach (var pair in call.Hash) Expression(pair.Value, parameters);
    }

    private void Expression(ExpressionNode expression, Parameters? parameters)
    {
        if (expression is SubExpressionNode nested) Call(nested.Call, nested.Start, false, true, parameters);
    }

    private TemplatePlace Place(int offset) => SourceText.PlaceOf(source, offset);
}
