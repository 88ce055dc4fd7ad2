namespace Platform.Templating.Rendering;

/// <summary>Something that has a value; immutable.</summary>
internal abstract class Expression
{
    public abstract object? Evaluate(RenderRun run);
}

internal sealed class Literal(object? value) : Expression
{
    public override object? Evaluate(RenderRun run) => value;
}

/// <summary>A value beside which others are asked for that nobody uses: what is wrong in them is said all the same.</summary>
internal sealed class FirstExpression(Expression first, Expression[] others) : Expression
{
    public override object? Evaluate(RenderRun run)
    {
        var value = first.Evaluate(run);
        foreach (var other in others) other.Evaluate(run);
        return value;
    }
}

/// <summary><c>this</c>, <c>..</c>, <c>../..</c></summary>
internal sealed class ContextExpression(int up) : Expression
{
    public override object? Evaluate(RenderRun run) => up == 0 ? run.Context : run.OuterContext(up);
}

/// <summary><c>name</c></summary>
internal sealed class NameExpression(string name) : Expression
{
    private int place;

    public string Name => name;

    public override object? Evaluate(RenderRun run) => TemplateValue.Member(run.Context, name, ref place);
}

/// <summary><c>a.b</c>, <c>../a</c></summary>
internal sealed class PathExpression(int up, string[] names) : Expression
{
    private readonly int[] places = new int[names.Length];

    public override object? Evaluate(RenderRun run)
    {
        var value = up == 0 ? run.Context : run.OuterContext(up);
        for (var i = 0; i < names.Length; i++)
        {
            if (value is null) return null;
            value = TemplateValue.Member(value, names[i], ref places[i]);
        }

        return value;
    }
}

/// <summary><c>@name</c>, <c>@../name</c>, <c>@root.a</c></summary>
internal sealed class DataExpression(int up, string[] names) : Expression
{
    public override object? Evaluate(RenderRun run)
    {
        var value = run.Data(names[0], up);
        for (var i = 1; i < names.Length; i++)
        {
            if (!TemplateValue.IsTrue(value)) return value;
            value = TemplateValue.Member(value, names[i]);
        }

        return value;
    }
}

/// <summary>A parameter of a block around, and what it holds.</summary>
internal sealed class ParameterExpression(int up, int index, string[] names) : Expression
{
    public override object? Evaluate(RenderRun run)
    {
        var value = run.Parameter(up, index);
        for (var i = 1; i < names.Length && value is not null; i++) value = TemplateValue.Member(value, names[i]);
        return value;
    }
}

/// <summary>A name that is looked for in the contexts around, as Mustache does.</summary>
internal sealed class CompatExpression(string[] names) : Expression
{
    public override object? Evaluate(RenderRun run)
    {
        object? value = null;
        for (var frame = run.Current; frame >= 0 && value is null; frame = run.FrameAt(frame).Outer) value = TemplateValue.Member(run.FrameAt(frame).Context, names[0]);
        for (var i = 1; i < names.Length && value is not null; i++) value = TemplateValue.Member(value, names[i]);
        return value;
    }
}

/// <summary>A path under <see cref="TemplateOptions.Strict"/> or <see cref="TemplateOptions.AssumeObjects"/>.</summary>
/// <param name="start">For errors.</param>
/// <param name="origin">Where the path begins.</param>
/// <param name="names">What follows.</param>
/// <param name="isStrict">The last name must be there.</param>
internal sealed class StrictExpression(int start, Expression origin, string[] names, bool isStrict) : Expression
{
    public override object? Evaluate(RenderRun run)
    {
        var value = origin.Evaluate(run);
        for (var i = 0; i < names.Length; i++)
        {
            var isLast = i == names.Length - 1;
            if (value is null && !(isLast && isStrict)) throw run.Failure(start, $"'{names[i]}' is asked of nothing; expected a map before it. Correct the path, or give the data.");
            if (!TemplateValue.TryGetMember(value, names[i], out var member) && isLast && isStrict) throw run.Failure(start, $"'{names[i]}' is not in the data. Correct the name, or give the data.");
            value = member;
        }

        return value;
    }
}

/// <summary>All data variables, as the origin of a strict path.</summary>
internal sealed class StrictDataExpression(int start, int up, string name, bool isStrict) : Expression
{
    public override object? Evaluate(RenderRun run)
    {
        if (run.Data(name, up) is { } value) return value;
        return isStrict || !run.HasData(up) ? throw run.Failure(start, $"'@{name}' is not there. Correct the name.") : null;
    }
}
