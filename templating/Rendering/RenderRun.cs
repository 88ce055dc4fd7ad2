using System.Diagnostics;
using System.Runtime.CompilerServices;
using Platform.Templating.Syntax;

namespace Platform.Templating.Rendering;

/// <summary>One rendering on its thread: the frames, the output, and what it may still cost.</summary>
internal sealed partial class RenderRun
{
    private const int StepsBetweenLooks = 256;
    private const int DepthBetweenLooks = 16;
    private const int LettersPerStep = 256;
    private const int MaxDepth = 2048;

    [ThreadStatic]
    private static RenderRun? spare;

    private readonly CallSite[] calls = new CallSite[RenderBudget.MaxPartialDepth];
    private Frame[] frames = new Frame[32];
    private object?[] values = new object?[32];
    private int top = -1;
    private int highest;
    private int valueTop;
    private int valueHighest;
    private long lastCall;
    private int callDepth;
    private int depth;
    private int stepsLeft;
    private int untilLook;
    private long deadline;
    private RenderBudget budget;
    private object? root;
    private IReadOnlyDictionary<string, object?>? variables;

    public Utf8Output Output { get; } = new();

    /// <summary>The frame in force.</summary>
    public int Current { get; private set; }

    /// <summary>The inline partials in force.</summary>
    public InlineScope? Scope { get; set; }

    /// <summary>The template in which rendering stands.</summary>
    public TemplateSource Source { get; private set; } = null!;

    /// <summary>The offset at which it stands.</summary>
    public int At { get; set; }

    /// <summary>What the caller of Render gave.</summary>
    public object? State { get; private set; }

    /// <summary><c>this</c>: the context of the frame in force.</summary>
    public object? Context { get; private set; }

    /// <summary>The frame around the one in force; -1 at the head of a template.</summary>
    public int Around => frames[Current].Around;

    /// <summary>The innermost call of a helper that is under way.</summary>
    public long ActiveCall { get; set; }

    /// <summary>What went wrong in a block that a helper rendered; a helper can't keep it to itself.</summary>
    public Exception? BlockFailure { get; set; }

    public static RenderRun Start(TemplateSource source, object? model, RenderBudget budget, object? state, IReadOnlyDictionary<string, object?>? data)
    {
        var run = spare ?? new();
        spare = null;
        (run.Source, run.root, run.variables, run.State, run.budget) = (source, model, data, state, budget);
        (run.top, run.valueTop, run.callDepth, run.depth, run.At, run.Scope) = (0, 0, 0, 0, 0, null);
        (run.ActiveCall, run.BlockFailure) = (0, null);
        run.stepsLeft = budget.MaxSteps;
        run.untilLook = StepsBetweenLooks;
        run.deadline = Stopwatch.GetTimestamp() + (long)(budget.Timeout.TotalSeconds * Stopwatch.Frequency);
        run.Output.Open(budget.MaxOutputBytes);
        run.frames[0] = new() { Context = model, Outer = -1, Enclosing = -1, Around = -1, Data = -1, OuterData = -1 };
        run.Current = 0;
        run.Context = model;
        return run;
    }

    /// <summary>Lets go of all that it saw.</summary>
    public void End()
    {
        Array.Clear(frames, 0, highest + 1);
        Array.Clear(values, 0, valueHighest);
        Array.Clear(calls);
        (highest, valueHighest) = (0, 0);
        (root, variables, State, Scope, Source, BlockFailure, Context) = (null, null, null, null, null!, null, null);
        ActiveCall = 0;
        spare = this;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        if (--untilLook < 0) Look();
    }

    /// <summary>A number for a call that no other call on this thread ever had.</summary>
    public long NextCall() => ++lastCall;

    /// <summary>A step for every so many letters that are handled at once.</summary>
    public void Charge(int letters)
    {
        untilLook -= letters / LettersPerStep;
        if (untilLook < 0) Look();
    }

    /// <summary>Enters a template, or a body that another template is home of.</summary>
    public TemplateSource Enter(TemplateSource source, int at, string name)
    {
        if (callDepth == calls.Length) throw Failure(at, $"partials are nested more than {RenderBudget.MaxPartialDepth} deep: {Chain()} > {name}. End the recursion with {{{{#if …}}}}.");
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var before = Source;
        calls[callDepth++] = new(before, at);
        Source = source;
        return before;
    }

    public void Leave(TemplateSource before)
    {
        callDepth--;
        Source = before;
    }

    /// <summary>Stands at the head of each body: its nesting is counted, never left to the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Deepen()
    {
        if (++depth % DepthBetweenLooks == 0) LookAtDepth();
    }

    public void Rise() => depth--;

    /// <summary>Room for the arguments of a call; valid until <see cref="PopValues"/>.</summary>
    public int PushValue(object? value)
    {
        if (valueTop == values.Length) Array.Resize(ref values, values.Length * 2);
        values[valueTop] = value;
        if (valueTop >= valueHighest) valueHighest = valueTop + 1;
        return valueTop++;
    }

    public int ValueTop => valueTop;

    public ReadOnlySpan<object?> Values(int from, int count) => values.AsSpan(from, count);

    public void PopValues(int from) => valueTop = from;

    /// <summary>A failure at an offset of the template in force.</summary>
    public TemplateException Failure(int at, string reason, Exception? inner = null) =>
        new(SourceText.PlaceOf(Source, at), reason, SourceText.Excerpt(Source.Text, at), Trail(), inner) { Exceeded = inner is RenderStop stop ? stop.Limit : RenderLimit.None };

    /// <summary>The error of a template that is called at an offset of the one in force.</summary>
    public TemplateException Failure(int at, TemplateException error) =>
        new(error.Place, error.Reason, error.Excerpt, [SourceText.PlaceOf(Source, at), .. Trail()], error);

    private TemplatePlace[] Trail()
    {
        var trail = new TemplatePlace[callDepth];
        for (var i = 0; i < trail.Length; i++)
        {
            var call = calls[callDepth - 1 - i];
            trail[i] = SourceText.PlaceOf(call.Source, call.At);
        }

        return trail;
    }

    private string Chain()
    {
        var names = new List<string>();
        for (var i = Math.Max(0, callDepth - 3); i < callDepth; i++) names.Add(Path.GetFileNameWithoutExtension(calls[i].Source.File));
        names.Add(Path.GetFileNameWithoutExtension(Source.File));
        return $"… > {string.Join(" > ", names)}";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look()
    {
        Output.CheckLimit();
        stepsLeft -= StepsBetweenLooks - untilLook;
        untilLook = StepsBetweenLooks;
        if (stepsLeft < 0) throw new RenderStop(RenderLimit.Steps, $"rendering took more than {budget.MaxSteps:N0} steps. Show less on the page, or prepare the values in the data.");
        if (Stopwatch.GetTimestamp() > deadline) throw new RenderStop(RenderLimit.Time, $"rendering took more than {budget.Timeout.TotalMilliseconds:0} ms. Show less on the page, or prepare the values in the data.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookAtDepth()
    {
        if (depth > MaxDepth) throw new RenderStop(RenderLimit.None, $"blocks and partials are nested more than {MaxDepth:N0} deep. End the recursion with {{{{#if …}}}}.");
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private readonly record struct CallSite(TemplateSource Source, int At);
}
