using System.Threading.Tasks.Sources;
using Platform.Host.Plugins.Isolation.Frames;

namespace Platform.Host.Plugins.Isolation;

/// <summary>A call on its way through a child. It ends once: with an answer, or with the connection.</summary>
internal abstract class RemoteCall(PluginConnection connection, long id, long? asked = null, TimeSpan? patience = null)
{
    private readonly long patienceMs = (long)(patience?.TotalMilliseconds ?? 50);
    private readonly long started = Environment.TickCount64;
    private readonly long waited = asked is { } since ? Environment.TickCount64 - since : 0;
    private long cancelled;

    internal long Id => id;

    /// <summary>
    /// True where the child has had three times the time after which nobody waited any more: it is not going to answer. That
    /// the caller had waited for the child is none of the child's time, but of the caller's.
    /// </summary>
    internal bool IsLost(long now) => Volatile.Read(ref cancelled) is > 0 and var then && now - started > (3 * (then - started + waited)) + patienceMs;

    /// <summary>Nobody waits for it any more. The call still ends with its answer: until then the child's work goes on.</summary>
    internal void Cancel()
    {
        Volatile.Write(ref cancelled, Environment.TickCount64);
        connection.Cancel(id);
    }

    /// <summary>The answer has come; the call has it to itself.</summary>
    internal abstract void Answered(ReceivedFrame frame);

    /// <summary>No answer comes.</summary>
    internal abstract void Failed(Exception why);

    /// <summary>A frame in the midst of the call.</summary>
    /// <exception cref="FrameException">The call has nothing to do with such.</exception>
    internal virtual void Take(ReceivedFrame frame)
    {
        frame.Dispose();
        throw new FrameException("it asks for a part of a block in a call that has none under way");
    }
}

/// <summary>A call that is awaited.</summary>
internal sealed class AwaitedCall : RemoteCall, IValueTaskSource<ReceivedFrame>
{
    private ManualResetValueTaskSourceCore<ReceivedFrame> core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration cancelling;

    internal AwaitedCall(PluginConnection connection, long id, long? asked, TimeSpan? patience)
        : base(connection, id, asked, patience)
    {
    }

    /// <summary>The answer.</summary>
    internal ValueTask<ReceivedFrame> AnswerAsync(CancellationToken cancel)
    {
        if (cancel.CanBeCanceled) cancelling = cancel.UnsafeRegister(static call => ((AwaitedCall)call!).Cancel(), this);
        return new(this, core.Version);
    }

    internal override void Answered(ReceivedFrame frame) => core.SetResult(frame);

    internal override void Failed(Exception why) => core.SetException(why);

    ReceivedFrame IValueTaskSource<ReceivedFrame>.GetResult(short token)
    {
        cancelling.Dispose();
        return core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<ReceivedFrame>.GetStatus(short token) => core.GetStatus(token);

    void IValueTaskSource<ReceivedFrame>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => core.OnCompleted(continuation, state, token, flags);
}

/// <summary>A call whose thread waits, and does meanwhile what the child asks of it: one thing at a time.</summary>
internal sealed class ServedCall(PluginConnection connection, long id) : RemoteCall(connection, id)
{
    private readonly Lock change = new();
    private readonly SemaphoreSlim arrived = new(0);
    private ReceivedFrame? answer;
    private ReceivedFrame? asked;
    private Exception? failure;
    private bool isServing;

    /// <summary>The next frame: something to do, or the answer, which is the last. Null where it has not come in time.</summary>
    /// <exception cref="Exception">The connection ended.</exception>
    internal ReceivedFrame? Next(TimeSpan within)
    {
        if (within <= TimeSpan.Zero || !arrived.Wait(within)) return null;
        lock (change)
        {
            if (failure is not null) throw failure;
            if (asked is { } frame)
            {
                asked = null;
                return frame;
            }

            return answer;
        }
    }

    /// <summary>What was asked is done; the child may ask for more.</summary>
    internal void Done() => isServing = false;

    internal override void Answered(ReceivedFrame frame)
    {
        lock (change) answer = frame;
        arrived.Release();
    }

    internal override void Failed(Exception why)
    {
        lock (change) failure = why;
        arrived.Release();
    }

    internal override void Take(ReceivedFrame frame)
    {
        lock (change)
        {
            if (!isServing)
            {
                (asked, isServing) = (frame, true);
                arrived.Release();
                return;
            }
        }

        frame.Dispose();
        throw new FrameException("it asks for a part of a block before the one it asked for is rendered");
    }
}
