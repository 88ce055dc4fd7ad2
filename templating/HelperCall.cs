using Platform.Templating.Rendering;
using Platform.Templating.Syntax;

namespace Platform.Templating;

/// <summary>One call of a helper: what it was given, where it stands, and the block to render. It lives no longer than the call.</summary>
public readonly ref struct HelperCall
{
    private readonly RenderRun? run;
    private readonly HelperInvocation? call;

    /// <summary>A call that comes from no template of this engine: it has no block and no <c>@</c> variables.</summary>
    /// <param name="name">The name it was called by.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="hash">The arguments by name.</param>
    /// <param name="context"><c>this</c></param>
    /// <param name="state">See <see cref="State"/>.</param>
    /// <param name="file">See <see cref="File"/>.</param>
    public HelperCall(string name, ReadOnlySpan<object?> arguments, HelperHash hash, object? context, object? state, string file)
    {
        (Name, Context, State, File) = (name, context, state, file);
        Arguments = arguments;
        Hash = hash;
    }

    internal HelperCall(RenderRun run, HelperInvocation call, int from)
        : this(call.Name, run.Values(from, call.Arguments.Length), new(call.HashNames, run.Values(from + call.Arguments.Length, call.HashNames.Length)), run.Context, run.State, run.Source.File)
    {
        this.run = run;
        this.call = call;
    }

    /// <summary>The name it was called by.</summary>
    public string Name { get; }

    /// <summary>The arguments; a missing value is null.</summary>
    public ReadOnlySpan<object?> Arguments { get; }

    /// <summary>The arguments by name.</summary>
    public HelperHash Hash { get; }

    /// <summary><c>this</c> where the call stands.</summary>
    public object? Context { get; }

    /// <summary>What the caller of Render gave.</summary>
    public object? State { get; }

    /// <summary>The template in which the call stands, as <see cref="TemplateSource.File"/> has it.</summary>
    public string File { get; }

    /// <summary>It was called as <c>{{#name}}</c>.</summary>
    public bool IsBlock => call?.Body is not null;

    /// <summary>The block has an <c>{{else}}</c>.</summary>
    public bool HasElse => call?.Else is not null;

    /// <summary>How many parameters the block declares with <c>as |a b|</c>.</summary>
    public int BlockParameters => call?.Body?.Parameters ?? 0;

    /// <summary>Where the call stands.</summary>
    public TemplatePlace Place => run is null ? new(File, 0, 0) : SourceText.PlaceOf(run.Source, call!.Start);

    /// <summary><c>@name</c> where the call stands.</summary>
    public object? Data(string name) => run?.Data(name, 0);

    /// <summary>The block as an object, for helpers that hand it on; null where the call is no block.</summary>
    public HelperBlock? Block => IsBlock ? new(run!, call!) : null;

    /// <summary>Renders the block into the page.</summary>
    /// <param name="context"><c>this</c> in it.</param>
    /// <param name="data">More <c>@</c> variables for it.</param>
    /// <param name="blockParameters">The values of <c>as |a b|</c>.</param>
    public void RenderBody(object? context, IReadOnlyDictionary<string, object?>? data = null, params ReadOnlySpan<object?> blockParameters)
    {
        if (run is not null) BlockRendering.Render(run, call!.Body, context, data, blockParameters);
    }

    /// <summary>Renders what stands behind <c>{{else}}</c> into the page.</summary>
    /// <param name="context"><c>this</c> in it.</param>
    public void RenderElse(object? context)
    {
        if (run is not null) BlockRendering.Render(run, call!.Else, context, null, []);
    }

    /// <summary>As <see cref="RenderBody"/>, into a text.</summary>
    public string CaptureBody(object? context, IReadOnlyDictionary<string, object?>? data = null, params ReadOnlySpan<object?> blockParameters) =>
        run is null ? "" : BlockRendering.Capture(run, call!.Body, context, data, blockParameters);

    /// <summary>As <see cref="RenderElse"/>, into a text.</summary>
    public string CaptureElse(object? context) => run is null ? "" : BlockRendering.Capture(run, call!.Else, context, null, []);

    /// <summary>Writes into the page as it is. For blocks: what a tag or an argument is, the helper returns.</summary>
    public void Write(string html) => run?.Output.Write(html, false);
}

/// <summary>Arguments by name, in the order of the call.</summary>
public readonly ref struct HelperHash
{
    private readonly ReadOnlySpan<string> names;
    private readonly ReadOnlySpan<object?> values;

    /// <summary>Names and their values, in the same order.</summary>
    public HelperHash(ReadOnlySpan<string> names, ReadOnlySpan<object?> values)
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
            if (names[i] != name) continue;
            value = values[i];
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>The name at an index, from 0.</summary>
    public string NameAt(int index) => names[index];

    /// <summary>The value at an index, from 0.</summary>
    public object? ValueAt(int index) => values[index];
}
