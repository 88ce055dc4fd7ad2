using System.Threading.Tasks.Sources;

namespace Platform.Host.Transport;

/// <summary>
/// Lets one sender through each time the loop opens it. An opening that comes before anybody waits is kept, so that none is
/// lost between a full socket and the wait for it; one that was kept in vain costs one more attempt.
/// </summary>
internal sealed class Gate : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Ready = 2;

    // Whoever waits goes on on the loop's thread, and sends there.
    private ManualResetValueTaskSourceCore<bool> source;
    private int state;

    /// <summary>Ends at the next <see cref="Open"/>, or at once where one came since the last wait.</summary>
    public ValueTask WaitAsync()
    {
        source.Reset();
        if (Interlocked.CompareExchange(ref state, Waiting, Idle) == Idle) return new(this, source.Version);
        Volatile.Write(ref state, Idle);
        return default;
    }

    /// <summary>Lets the sender go on. On the loop's thread only.</summary>
    public void Open()
    {
        if (Volatile.Read(ref state) == Ready || Interlocked.Exchange(ref state, Ready) != Waiting) return;
        Volatile.Write(ref state, Idle);
        source.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);
}
