namespace Platform.Templating.Rendering;

/// <summary>A part of a template, resolved against its theme; immutable.</summary>
internal abstract class Node(int start)
{
    /// <summary>The offset in the source.</summary>
    public int Start { get; } = start;

    /// <summary>The text before it.</summary>
    public StaticText? Before { get; set; }

    public abstract void Render(RenderRun run);
}

internal sealed class TextNode(int start, StaticText text) : Node(start)
{
    public override void Render(RenderRun run) => run.Output.Write(text);
}

/// <summary><c>{{name}}</c>: by far the most frequent.</summary>
internal sealed class NameNode(int start, string name, bool isEscaped) : Node(start)
{
    private int place;

    public override void Render(RenderRun run) => run.Output.WriteValue(TemplateValue.Member(run.Context, name, ref place), isEscaped);
}

/// <summary><c>{{a.b}}</c>, <c>{{{a}}}</c>, <c>{{helper a}}</c></summary>
internal sealed class ValueNode(int start, Expression value, bool isEscaped) : Node(start)
{
    public override void Render(RenderRun run) => run.Output.WriteValue(value.Evaluate(run), isEscaped);
}

/// <summary>What cannot be rendered; Handlebars says so only when it comes there.</summary>
internal sealed class FailureNode(int start, string reason) : Node(start)
{
    public override void Render(RenderRun run) => throw run.Failure(Start, reason);
}

/// <summary>The inside of a template or block.</summary>
/// <param name="nodes">In order.</param>
/// <param name="inlines">The inline partials defined in it.</param>
/// <param name="hasFrame">It runs in a frame of its own.</param>
internal sealed class Body(Node[] nodes, InlineDefinition[] inlines, bool hasFrame)
{
    public static Body Empty { get; } = new([], [], false);

    /// <summary>How many parameters it declares.</summary>
    public int Parameters { get; init; }

    public bool HasInlines => inlines.Length > 0;

    public void Render(RenderRun run)
    {
        if (inlines.Length > 0)
        {
            RenderScoped(run);
            return;
        }

        RenderNodes(run);
    }

    /// <summary>The inline partials defined in this body, over those in force.</summary>
    /// <param name="run">The run.</param>
    /// <param name="enclosing">The frame of the body.</param>
    /// <param name="around">The frame around it.</param>
    /// <param name="seeEachOther">The inline partials see one another.</param>
    public InlineScope? Define(RenderRun run, int enclosing, int around, bool seeEachOther)
    {
        var before = run.Scope;
        var scope = before;
        foreach (var inline in inlines) scope = new(inline.Name.Evaluate(run) is { } name ? TemplateValue.Text(name) : "undefined", inline.Body, enclosing, around, run.Source, scope);
        for (var defined = scope; defined is not null && !ReferenceEquals(defined, before); defined = defined.Next) defined.Seen = seeEachOther ? scope : before;
        return scope;
    }

    private void RenderScoped(RenderRun run)
    {
        var before = run.Scope;
        run.Scope = Define(run, run.Current, hasFrame ? run.Around : run.Current, true);
        RenderNodes(run);
        run.Scope = before;
    }

    private void RenderNodes(RenderRun run)
    {
        if (nodes.Length == 0) return;
        run.Deepen();
        foreach (var node in nodes)
        {
            run.Step();
            if (node.Before is { } text) run.Output.Write(text);
            run.At = node.Start;
            node.Render(run);
        }

        run.Rise();
    }
}

/// <summary><c>{{#*inline "name"}}</c></summary>
internal sealed record InlineDefinition(Expression Name, Body Body);
