using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis.Html;

/// <summary>What a place sees of the file it stands in and of the calls that led there. Classes are compared by reference.</summary>
/// <param name="source">The file.</param>
/// <param name="inlines">The inline partials in view.</param>
/// <param name="block">What <c>@partial-block</c> means.</param>
/// <param name="parameters">The block parameters in view.</param>
internal sealed class Surroundings(TemplateSource source, InlinePartial? inlines, PartialBody? block, Parameters? parameters)
{
    public TemplateSource Source => source;

    public InlinePartial? Inlines => inlines;

    public PartialBody? Block => block;

    public Parameters? Parameters => parameters;

    /// <summary>As it is in a program with the inline partials and parameters that it defines.</summary>
    public Surroundings In(ProgramNode program)
    {
        var all = inlines;
        foreach (var node in program.Body)
        {
            if (node is DecoratorBlockNode { Program: { } body, Call.Arguments: [LiteralNode { Value: string name }] }) all = new(name, body, this, all);
        }

        return all == inlines && program.BlockParams.Length == 0 ? this : new(source, all, block, Parameters.With(parameters, program));
    }
}

/// <summary><c>{{#*inline "name"}}</c> and where it was defined.</summary>
internal sealed class InlinePartial(string name, ProgramNode program, Surroundings at, InlinePartial? next)
{
    public ProgramNode Program => program;

    public Surroundings At => at;

    public static InlinePartial? Find(InlinePartial? all, string wanted)
    {
        while (all is not null && all.NameOf != wanted) all = all.Next;
        return all;
    }

    private string NameOf => name;

    private InlinePartial? Next => next;
}

/// <summary>The content of a <c>{{#> name}}</c> and where it stands.</summary>
internal sealed class PartialBody(ProgramNode program, Surroundings at)
{
    public ProgramNode Program => program;

    public Surroundings At => at;
}
