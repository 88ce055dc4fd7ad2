using Platform.Templating.Rendering;
using Platform.Templating.Syntax;

namespace Platform.Templating;

/// <summary>One call of a helper: what it was given, where it stands, and the block to render. It lives no longer than the call.</summary>
public readonly ref struct HelperCall
{
    private readonly RenderRun run;
    private readonly HelperInvocation call;
    private readonly int from;

    internal HelperCall(RenderRun run, HelperInvocation call, int from)
    {
        this.run = run;
        this.call = call;
        this.from = from;
    }

    /// <summary>The name it was called by.</summary>
    public string Name => call.Name;

    /// <summary>The arguments; a missing value is null.</summary>
    public ReadOnlySpan<object?> Arguments => run.Values(from, call.Arguments.Length);

    /// <summary>The arguments by name.</summary>
    public HelperHash Hash => new(call.Hash, run.Values(from + call.Arguments.Length, call.Hash.Length));

    /// <summary><c>this</c> where the call stands.</summary>
    public object? Context => run.Context;

    /// <summary>It was called as <c>{{#name}}</c>.</summary>
    public bool IsBlock => call.Body is not null;

    /// <summary>The block has an <c>{{else}}</c>.</summary>
    public bool HasElse => call.Else is not null;

    /// <summary>How many parameters the block declares with <c>as |a b|</c>.</summary>
    public int BlockParameters => call.Body?.Parameters ?? 0;

    /// <summary>What the caller of Render gave.</summary>
    public object? State => run.State;

    /// <summary>Where the call stands.</summary>
    public TemplatePlace Place => SourceText.PlaceOf(run.Source, call.Start);

    /// <summary>The template in which the call stands.</summary>
    public string File => run.Source.File;

    /// <summary><c>@name</c> where the call stands.</summary>
    public object? Data(string name) => run.Data(name, 0);

    /// <summary>Renders the block into the page.</summary>
    /// <param name="context"><c>this</c> in it.</param>
    /// <param name="data">More <c>@</c> variables for it.</param>
    /// <param name="blockParameters">The values of <c>as |a b|</c>.</param>
    public void RenderBody(object? context, IReadOnlyDictionary<string, object?>? data = null, params ReadOnlySpan<object?> blockParameters) =>
        Render(call.Body, context, data, blockParameters);

    /// <summary>Renders what stands behind <c>{{else}}</c> into the page.</summary>
    /// <param name="context"><c>this</c> in it.</param>
    public void RenderElse(object? context) => Render(call.Else, context, null, []);

    /// <summary>As <see cref="RenderBody"/>, into a text.</summary>
    public string CaptureBody(object? context, IReadOnlyDictionary<string, object?>? data = null, params ReadOnlySpan<object?> blockParameters)
    {
        var start = run.Output.Length;
        var lines = run.Output.Suspend();
        Render(call.Body, context, data, blockParameters);
        run.Output.Resume(lines);
        return run.Output.TakeFrom(start);
    }

    /// <summary>As <see cref="RenderElse"/>, into a text.</summary>
    public string CaptureElse(object? context)
    {
        var start = run.Output.Length;
        var lines = run.Output.Suspend();
        Render(call.Else, context, null, []);
        run.Output.Resume(lines);
        return run.Output.TakeFrom(start);
    }

    /// <summary>Writes into the page as it is. For blocks: what a tag or an argument is, the helper returns.</summary>
    public void Write(string html) => run.Output.Write(html, false);

    private void Render(Body? body, object? context, IReadOnlyDictionary<string, object?>? data, ReadOnlySpan<object?> parameters)
    {
        if (body is null) return;
        var before = run.Push(context);
        if (data is not null) run.OpenData(DataKind.Variables).Variables = data;
        if (parameters.Length > 0) run.FrameAt(run.Current).Parameters = parameters.ToArray();
        body.Render(run);
        run.Pop(before);
    }
}

/// <summary>Arguments by name, in the order of the call.</summary>
public readonly ref struct HelperHash
{
    private readonly ReadOnlySpan<HashArgument> names;
    private readonly ReadOnlySpan<object?> values;

    internal HelperHash(ReadOnlySpan<HashArgument> names, ReadOnlySpan<object?> values)
    {
        this.names = names;
        this.values = values;
    }

    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>The value of a name; null where it was not given.</summary>
    public object? this[string name] => TryGet(name, out var value) ? value : null;

    /// <summary>Whether a name was given, and its value.</summary>
    public bool TryGet(string name, out object? value)
    {
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (names[i].Name != name) continue;
            value = values[i];
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>The name at an index, from 0.</summary>
    public string NameAt(int index) => names[index].Name;

    /// <summary>The value at an index, from 0.</summary>
    public object? ValueAt(int index) => values[index];
}
