using Platform.Templating.Rendering;

namespace Platform.Templating;

/// <summary>The block of a helper's call. It can be rendered until the helper returns, on the thread of the call.</summary>
public sealed class HelperBlock
{
    private readonly RenderRun run;
    private readonly HelperInvocation call;
    private readonly long number;
    private readonly int thread = Environment.CurrentManagedThreadId;

    internal HelperBlock(RenderRun run, HelperInvocation call)
    {
        this.run = run;
        this.call = call;
        number = run.ActiveCall;
    }

    /// <summary>The block has an <c>{{else}}</c>.</summary>
    public bool HasElse => call.Else is not null;

    /// <summary>How many parameters it declares with <c>as |a b|</c>.</summary>
    public int Parameters => call.Body!.Parameters;

    /// <summary>Renders the block into the page; see <see cref="HelperCall.RenderBody"/>.</summary>
    /// <exception cref="InvalidOperationException">The helper has returned, or this is another thread.</exception>
    public void Render(object? context, IReadOnlyDictionary<string, object?>? data = null, params ReadOnlySpan<object?> blockParameters) =>
        BlockRendering.Render(Run(), call.Body, context, data, blockParameters);

    /// <summary>Renders what stands behind <c>{{else}}</c> into the page.</summary>
    /// <exception cref="InvalidOperationException">The helper has returned, or this is another thread.</exception>
    public void RenderElse(object? context) => BlockRendering.Render(Run(), call.Else, context, null, []);

    /// <summary>As <see cref="Render"/>, into a text.</summary>
    /// <exception cref="InvalidOperationException">The helper has returned, or this is another thread.</exception>
    public string Capture(object? context, IReadOnlyDictionary<string, object?>? data = null, params ReadOnlySpan<object?> blockParameters) =>
        BlockRendering.Capture(Run(), call.Body, context, data, blockParameters);

    /// <summary>As <see cref="RenderElse"/>, into a text.</summary>
    /// <exception cref="InvalidOperationException">The helper has returned, or this is another thread.</exception>
    public string CaptureElse(object? context) => BlockRendering.Capture(Run(), call.Else, context, null, []);

    /// <summary>Writes into the page as it is.</summary>
    /// <exception cref="InvalidOperationException">The helper has returned, or this is another thread.</exception>
    public void Write(string html) => Run().Output.Write(html, false);

    private RenderRun Run() => run.ActiveCall == number && Environment.CurrentManagedThreadId == thread
        ? run
        : throw new InvalidOperationException("The block belongs to a call of a helper that has returned, or to another thread. Render it before the helper returns.");
}
