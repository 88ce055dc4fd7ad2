namespace Platform.Host.Plugins;

/// <summary>One call on its way through a plugin.</summary>
internal abstract class PluginCall(PluginBoundary boundary, TimeSpan deadline, TimeProvider time) : IThreadPoolWorkItem
{
    private readonly long started = time.GetTimestamp();

    protected PluginBoundary Boundary => boundary;

    internal TimeSpan Deadline => deadline;

    internal TimeSpan Age => time.GetElapsedTime(started);

    /// <summary>True once the deadline has passed and the caller has its answer.</summary>
    internal bool IsGivenUp { get; private protected set; }

    public abstract void Execute();

    /// <summary>Gives the call up: the caller goes on without, the plugin is told by its token, its place stays taken until it comes back.</summary>
    internal abstract void GiveUp();
}

/// <inheritdoc/>
internal sealed class PluginCall<T>(PluginBoundary boundary, TimeSpan deadline, Func<CancellationToken, ValueTask<T?>> work, TimeProvider time) : PluginCall(boundary, deadline, time)
    where T : class
{
    // The continuation runs on the thread that finished the call: one hop less. The place is given back before that.
    private readonly TaskCompletionSource<PluginOutcome<T>> completion = new();
    private readonly CancellationTokenSource cancel = new();

    internal Task<PluginOutcome<T>> Completion => completion.Task;

    public override void Execute() => _ = RunAsync();

    internal override void GiveUp()
    {
        IsGivenUp = true;
        Boundary.GaveUp();
        var limit = Deadline.TotalMilliseconds;
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.completion.TrySetResult(new(null, new(PluginFailureKind.TimedOut, $"no answer within {state.Limit:0} ms"))), (completion, Limit: limit), preferLocal: false);
        _ = cancel.CancelAsync();
    }

    private async Task RunAsync()
    {
        PluginOutcome<T> outcome = default;
        try
        {
            // Given up while it waited for a thread: nobody wants the answer any more.
            if (IsGivenUp) return;
            outcome = new(await work(cancel.Token).ConfigureAwait(false), null);
        }
        catch (Exception exception)
        {
            outcome = new(null, PluginFailure.Of(exception));
        }
        finally
        {
            Boundary.Leave(this);
        }

        // A thread of the plugin's own is no place for the rest of the request.
        if (Thread.CurrentThread.IsThreadPoolThread) completion.TrySetResult(outcome);
        else ThreadPool.UnsafeQueueUserWorkItem(static state => state.completion.TrySetResult(state.outcome), (completion, outcome), preferLocal: false);
    }
}
