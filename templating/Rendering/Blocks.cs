namespace Platform.Templating.Rendering;

/// <summary><c>{{#if}}</c>, <c>{{#unless}}</c>: their bodies mean what stands around them.</summary>
internal sealed class IfNode(int start, Expression condition, Expression? includeZero, Body then, Body otherwise) : Node(start)
{
    public override void Render(RenderRun run)
    {
        var value = condition.Evaluate(run);
        var zero = includeZero is not null && TemplateValue.IsTrue(includeZero.Evaluate(run));
        (TemplateValue.IsTruthy(value, zero) ? then : otherwise).Render(run);
    }
}

/// <summary><c>{{#with}}</c></summary>
internal sealed class WithNode(int start, Expression value, Body body, Body otherwise) : Node(start)
{
    public override void Render(RenderRun run)
    {
        var context = value.Evaluate(run);
        if (TemplateValue.IsEmpty(context))
        {
            Blocks.RenderElse(run, otherwise);
            return;
        }

        var before = run.Push(context);
        run.FrameAt(run.Current).Parameter0 = context;
        body.Render(run);
        run.Pop(before);
    }
}

/// <summary><c>{{#each}}</c></summary>
internal sealed class EachNode(int start, Expression value, Body body, Body otherwise) : Node(start)
{
    public override void Render(RenderRun run) => Blocks.RenderEach(run, value.Evaluate(run), body, otherwise);
}

/// <summary><c>{{#name}}</c> for a name that is no helper: a list is walked, a map entered, anything else asked whether it is there.</summary>
internal sealed class SectionNode(int start, Expression value, Body body, Body otherwise) : Node(start)
{
    public override void Render(RenderRun run)
    {
        switch (value.Evaluate(run))
        {
            case null or false:
                Blocks.RenderElse(run, otherwise);
                break;
            case true:
                Blocks.Render(run, run.Context, body);
                break;
            case IReadOnlyList<object?> and not IReadOnlyDictionary<string, object?> and var list:
                Blocks.RenderEach(run, list, body, otherwise);
                break;
            case var context:
                Blocks.Render(run, context, body);
                break;
        }
    }
}

internal static class Blocks
{
    public static void Render(RenderRun run, object? context, Body body)
    {
        var before = run.Push(context);
        body.Render(run);
        run.Pop(before);
    }

    /// <summary>The second part: its context is the one around.</summary>
    public static void RenderElse(RenderRun run, Body otherwise) => Render(run, run.Context, otherwise);

    public static void RenderEach(RenderRun run, object? value, Body body, Body otherwise)
    {
        var isEmpty = true;
        if (value is IReadOnlyDictionary<string, object?> map)
        {
            isEmpty = map.Count == 0;
            if (!isEmpty) RenderMap(run, map, body);
        }
        else if (value is IReadOnlyList<object?> list)
        {
            isEmpty = list.Count == 0;
            if (!isEmpty) RenderList(run, list, body);
        }

        if (isEmpty) RenderElse(run, otherwise);
    }

    private static void RenderList(RenderRun run, IReadOnlyList<object?> list, Body body)
    {
        var count = list.Count;
        var around = run.Current;
        var before = run.Push(null);
        run.OpenData(DataKind.Loop);
        for (var i = 0; i < count; i++)
        {
            // The stack may move while the body runs.
            ref var frame = ref run.Turn(list[i], around);
            frame.Index = i;
            frame.IsFirst = i == 0;
            frame.IsLast = i == count - 1;
            if (body.Parameters > 0) (frame.Parameter0, frame.Parameter1) = (frame.Context, Boxes.Of(i));
            body.Render(run);
        }

        run.Pop(before);
    }

    private static void RenderMap(RenderRun run, IReadOnlyDictionary<string, object?> map, Body body)
    {
        var count = map.Count;
        var around = run.Current;
        var before = run.Push(null);
        run.OpenData(DataKind.Loop);
        var i = 0;
        foreach (var (key, value) in map)
        {
            ref var frame = ref run.Turn(value, around);
            frame.Key = key;
            frame.Index = i;
            frame.IsFirst = i == 0;
            frame.IsLast = i == count - 1;
            if (body.Parameters > 0) (frame.Parameter0, frame.Parameter1) = (value, key);
            body.Render(run);
            i++;
        }

        run.Pop(before);
    }
}
