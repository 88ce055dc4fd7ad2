using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Platform.Templating.Rendering;

/// <summary>A call of a helper as it stands in a template.</summary>
internal sealed class HelperInvocation(int start, string name, Helper helper)
{
    // What helpers do to a long text takes long: it counts for more than a step.
    private const int LongText = 1024;

    public string Name => name;

    public int Start => start;

    public Expression[] Arguments { get; init; } = [];

    public string[] HashNames { get; init; } = [];

    public Expression[] HashValues { get; init; } = [];

    /// <summary>Null where the call is no block.</summary>
    public Body? Body { get; init; }

    public Body? Else { get; init; }

    public object? Invoke(RenderRun run)
    {
        var from = run.ValueTop;
        foreach (var argument in Arguments)
        {
            var value = argument.Evaluate(run);
            if (value is string { Length: > LongText } text) run.Charge(text.Length);
            run.PushValue(value);
        }

        foreach (var argument in HashValues) run.PushValue(argument.Evaluate(run));
        run.Step();
        run.At = start;
        if (Arguments.Length < helper.Least || Arguments.Length > helper.Most) throw run.Failure(start, $"{name}: {Arguments.Length} arguments; expected {Expected()}.");
        var outer = run.ActiveCall;
        run.ActiveCall = run.NextCall();
        try
        {
            var result = helper.Function(new HelperCall(run, this, from));
            if (run.BlockFailure is { } failure) ExceptionDispatchInfo.Throw(failure);
            run.PopValues(from);
            run.ActiveCall = outer;
            if (result is string { Length: > LongText } text) run.Charge(text.Length);
            return result;
        }
        catch (Exception failure) when (failure is not (TemplateException or RenderStop or InsufficientExecutionStackException))
        {
            if (run.BlockFailure is { } first) ExceptionDispatchInfo.Throw(first);
            throw run.Failure(start, $"{name}: {(failure is HelperException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}")}", failure);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string Expected() => helper.Usage.Length > 0 ? helper.Usage
        : helper.Least == helper.Most ? $"{helper.Least}"
        : helper.Most == int.MaxValue ? $"at least {helper.Least}" : $"{helper.Least} to {helper.Most}";
}

internal sealed class HelperExpression(HelperInvocation call) : Expression
{
    public override object? Evaluate(RenderRun run) => call.Invoke(run);
}

/// <summary><c>{{#helper}}</c>: what it returns is printed as it is, after what it wrote.</summary>
internal sealed class HelperBlockNode(int start, HelperInvocation call) : Node(start)
{
    public override void Render(RenderRun run) => run.Output.WriteValue(call.Invoke(run), false);
}

/// <summary>A name with arguments that is no helper.</summary>
internal sealed class MissingHelperExpression(int start, string name, Expression value, TemplateEnvironment environment) : Expression
{
    public required bool HasArguments { get; init; }

    /// <summary>All of them: what is wrong in them is said first.</summary>
    public required Expression[] Arguments { get; init; }

    public override object? Evaluate(RenderRun run)
    {
        foreach (var argument in Arguments) argument.Evaluate(run);
        if (TemplateValue.IsTrue(value.Evaluate(run))) throw run.Failure(start, $"'{name}' is data, not a helper, and takes no arguments. Write {{{{{name}}}}}, or correct the name.");
        return HasArguments ? throw run.Failure(start, $"helper '{name}' is unknown{environment.HelperQuestion(name)}") : null;
    }
}

/// <summary>A name that is asked of a helper where the data lack it.</summary>
internal sealed class FallbackExpression(Expression value, HelperInvocation missing) : Expression
{
    public override object? Evaluate(RenderRun run) => value.Evaluate(run) ?? missing.Invoke(run);
}

internal sealed class FailureExpression(int start, string reason) : Expression
{
    public override object? Evaluate(RenderRun run) => throw run.Failure(start, reason);
}

/// <summary>Renders the two parts of a block for a helper.</summary>
internal static class BlockRendering
{
    public static void Render(RenderRun run, Body? body, object? context, IReadOnlyDictionary<string, object?>? data, ReadOnlySpan<object?> parameters)
    {
        if (body is null) return;
        try
        {
            var before = run.Push(context);
            if (data is not null) run.OpenData(DataKind.Variables).Variables = data;
            if (parameters.Length > 0) run.FrameAt(run.Current).Parameters = parameters.ToArray();
            body.Render(run);
            run.Pop(before);
        }
        catch (Exception failure)
        {
            run.BlockFailure ??= failure;
            throw;
        }
    }

    public static string Capture(RenderRun run, Body? body, object? context, IReadOnlyDictionary<string, object?>? data, ReadOnlySpan<object?> parameters)
    {
        if (body is null) return "";
        var start = run.Output.Length;
        var lines = run.Output.Suspend();
        Render(run, body, context, data, parameters);
        run.Output.Resume(lines);
        return run.Output.TakeFrom(start);
    }
}
