using Platform.Host.Transport;

namespace Platform.Host.Plugins;

/// <summary>One call on its way through a plugin.</summary>
internal abstract class PluginCall(PluginBoundary boundary, CallKind kind, TimeSpan deadline, TimeProvider time) : IThreadPoolWorkItem
{
    private long started = time.GetTimestamp();

    protected PluginBoundary Boundary => boundary;

    internal CallKind Kind => kind;

    internal TimeSpan Deadline => deadline;

    internal TimeSpan Age => time.GetElapsedTime(started);

    /// <summary>True where it has waited for a place as long as it may.</summary>
    internal bool IsLate => Age >= deadline;

    /// <summary>True where it has had to wait for its place.</summary>
    internal bool HasWaited { get; private set; }

    /// <summary>True once the deadline has passed and the caller has its answer.</summary>
    internal bool IsGivenUp { get; private protected set; }

    public abstract void Execute();

    /// <summary>It has waited, and has its place now: its time begins anew.</summary>
    internal void Begin()
    {
        started = time.GetTimestamp();
        HasWaited = true;
    }

    /// <summary>It has waited in vain.</summary>
    internal abstract void EndWaiting();

    /// <summary>Gives the call up: the caller goes on without, the plugin is told by its token, its place stays taken until it comes back.</summary>
    internal abstract void GiveUp();
}

/// <inheritdoc/>
internal sealed class PluginCall<T>(PluginBoundary boundary, CallKind kind, TimeSpan deadline, Func<CancellationToken, ValueTask<T?>> work, TimeProvider time) : PluginCall(boundary, kind, deadline, time)
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
        Fail(new(PluginFailureKind.TimedOut, $"no answer within {Deadline.TotalMilliseconds:0} ms"));
        _ = cancel.CancelAsync();
    }

    internal override void EndWaiting() => Fail(new(PluginFailureKind.Busy, $"all {Boundary.Limits.Concurrency} places were taken for {Deadline.TotalMilliseconds:0} ms"));

    private void Fail(PluginFailure failure) => Complete(new(null, failure));

    private void Complete(PluginOutcome<T> outcome) => ThreadPool.UnsafeQueueUserWorkItem(static state => state.completion.TrySetResult(state.outcome), (completion, outcome), preferLocal: false);

    private async Task RunAsync()
    {
        PluginOutcome<T> outcome = default;
        try
        {
            // Given up while it waited for a thread: nobody wants the answer any more.
            if (IsGivenUp) return;
            outcome = Boundary.TryBegin(this) ? new(await work(cancel.Token).ConfigureAwait(false), null) : Boundary.Off<T>();
        }
        catch (Exception exception)
        {
            outcome = new(null, PluginFailure.Of(exception));
        }
        finally
        {
            Boundary.Leave(this);
        }

        // The caller is told of the deadline, not of what the plugin made of its token.
        if (IsGivenUp) return;
        // A thread of the plugin's own is no place for the rest of the request.
        if (PoolThread.IsCurrent) completion.TrySetResult(outcome);
        else Complete(outcome);
    }
}
