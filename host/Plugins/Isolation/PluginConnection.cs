using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;

namespace Platform.Host.Plugins.Isolation;

/// <summary>Who hears what a child says beside its answers.</summary>
public interface IConnectionOwner
{
    /// <summary>A line for the log.</summary>
    void Log(string plugin, string level, string message);

    /// <summary>Stored pages are to be dropped; <paramref name="done"/> is told once they are: null, or why not.</summary>
    void Purge(string plugin, IReadOnlyList<string> tags, Action<string?> done);

    /// <summary>The connection has ended; its calls have failed.</summary>
    void Ended(string why);
}

/// <summary>
/// The host's end of the connection to a child: many calls at once, each with an id. Whatever comes, nothing of it leaves the
/// connection but answers to calls under way: a frame that is not understood is counted, and after the twentieth, or one with a
/// wrong length, the connection is cut.
/// </summary>
public sealed class PluginConnection : IFrameReceiver, IDisposable
{
    private const int MostPurges = 16;

    /// <summary>Calls that were made at the same time are not past their time in the same millisecond.</summary>
    private const int SoonMs = 500;

    private readonly ConcurrentDictionary<long, RemoteCall> calls = new();
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FrameLine line;
    private readonly IConnectionOwner owner;
    private long lastId;
    private int badFrames;
    private int purges;
    private string? cutBecause;
    private RemoteException? ended;

    /// <summary>A connection over a socket that is connected; <see cref="Start"/> begins to read.</summary>
    public PluginConnection(Socket socket, FrameLimits limits, IConnectionOwner owner)
    {
        (Limits, this.owner) = (limits, owner);
        line = new(socket, limits.MaxFrame, this);
    }

    /// <summary>Frames that are not understood until the connection is cut.</summary>
    public int MostBadFrames { get; init; } = 20;

    /// <summary>What answers may hold.</summary>
    public FrameLimits Limits { get; }

    /// <summary>Frames that were not understood.</summary>
    public int BadFrames => Volatile.Read(ref badFrames);

    /// <summary>Frames that have come.</summary>
    public long Received => line.Received;

    /// <summary>Calls under way.</summary>
    public int Calls => calls.Count;

    /// <summary>True once nothing comes any more.</summary>
    public bool HasEnded => Volatile.Read(ref ended) is not null;

    /// <summary>False once no calls can be sent any more.</summary>
    public bool IsOpen => line.IsOpen;

    /// <summary>Ends once all know that the connection has ended.</summary>
    internal Task Over => over.Task;

    internal KnownAnswers Known { get; } = new();

    /// <summary>Begins to read.</summary>
    public void Start(string name) => line.Start(name);

    /// <summary>Ends the connection.</summary>
    public void Cut(string why)
    {
        Interlocked.CompareExchange(ref cutBecause, why, null);
        line.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Cut("the plugin goes");

    /// <summary>Begins a call that is awaited.</summary>
    /// <param name="asked">Since when its caller waits, in <see cref="Environment.TickCount64"/>; null: since now.</param>
    /// <param name="patience">How long the child has at least to end it once it is cancelled; null: 50 ms.</param>
    internal AwaitedCall Begin(long? asked = null, TimeSpan? patience = null)
    {
        var call = new AwaitedCall(this, Interlocked.Increment(ref lastId), asked, patience);
        calls[call.Id] = call;
        return call;
    }

    /// <summary>Begins a call whose thread waits.</summary>
    internal ServedCall BeginServed()
    {
        var call = new ServedCall(this, Interlocked.Increment(ref lastId));
        calls[call.Id] = call;
        return call;
    }

    /// <summary>Sends a call's frame.</summary>
    /// <returns>False where it has not left: the call is over, and may be begun anew over the next connection.</returns>
    /// <exception cref="RemoteException">It is too large.</exception>
    internal bool TrySend(RemoteCall call, FrameBuffer frame)
    {
        var bytes = frame.End();
        var (length, hasLeft) = (bytes.Length, bytes.Length <= FrameLimits.ToChild && line.Send(bytes, atOnce: call is ServedCall));
        frame.Release();
        // The connection may have ended before the call was begun: nobody else would tell it.
        if (hasLeft && !HasEnded) return true;
        var isMine = calls.TryRemove(call.Id, out _);
        if (length > FrameLimits.ToChild) throw new RemoteException($"the call is {length:N0} bytes long; expected at most {FrameLimits.ToChild:N0}");
        return !isMine;
    }

    /// <summary>Answers what the child asked for in the midst of a call.</summary>
    internal void Reply(FrameBuffer frame)
    {
        line.Send(frame.End(), atOnce: true);
        frame.Release();
    }

    /// <summary>Tells the child that nobody waits for a call any more.</summary>
    internal void Cancel(long id)
    {
        if (calls.ContainsKey(id)) Reply(FrameBuffer.Begin(FrameType.Cancel.Word(), id));
    }

    /// <summary>How many calls have had three times their time, with those that are about to; 0 where none has.</summary>
    internal int Lost()
    {
        var (now, isLost, lost) = (Environment.TickCount64, false, 0);
        foreach (var (_, call) in calls)
        {
            isLost |= call.IsLost(now);
            if (call.IsLost(now + SoonMs)) lost++;
        }

        return isLost ? lost : 0;
    }

    /// <inheritdoc/>
    public void Refuse(string why)
    {
        if (Interlocked.Increment(ref badFrames) >= MostBadFrames) Cut($"{MostBadFrames} frames were not understood; the last: {why}");
    }

    void IFrameReceiver.Receive(FrameHead head, ReadOnlySpan<byte> frame)
    {
        switch (head.Type)
        {
            case FrameType.Result or FrameType.Error or FrameType.Loaded or FrameType.Ready:
                if (!calls.TryRemove(head.Id, out var answered)) throw new FrameException($"it answers the call {head.Id}, which is not under way");
                answered.Answered(new(head, frame));
                break;
            case FrameType.Render or FrameType.Context:
                if (!calls.TryGetValue(head.Call, out var serving)) throw new FrameException($"it asks for a part of the call {head.Call}, which is not under way");
                serving.Take(new(head, frame));
                break;
            case FrameType.Log:
                Log(frame);
                break;
            case FrameType.Purge:
                Purge(head.Id, frame);
                break;
            default: throw new FrameException($"its type {head.Type.Word()} is not one that a plugin sends now");
        }
    }

    void IFrameReceiver.Ended(string why)
    {
        var failure = new RemoteException($"the plugin's process has ended: {cutBecause ?? why}") { IsEnd = true };
        Volatile.Write(ref ended, failure);
        foreach (var id in calls.Keys)
        {
            if (calls.TryRemove(id, out var call)) call.Failed(failure);
        }

        owner.Ended(cutBecause ?? why);
        over.TrySetResult();
    }

    private void Log(ReadOnlySpan<byte> frame)
    {
        var (plugin, level, message) = ("", "information", "");
        var reader = FrameHead.Reader(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "plugin"u8)) plugin = FrameMember.Text(ref reader, 64);
            else if (FrameMember.Is(ref reader, "level"u8)) level = FrameMember.Text(ref reader, 64);
            else if (FrameMember.Is(ref reader, "message"u8)) message = FrameMember.Text(ref reader, int.MaxValue);
            else FrameMember.Pass(ref reader);
        }

        owner.Log(plugin, level, message);
    }

    private void Purge(long id, ReadOnlySpan<byte> frame)
    {
        var (plugin, tags) = ("", new List<string>());
        var reader = FrameHead.Reader(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "plugin"u8)) plugin = FrameMember.Text(ref reader, 64);
            else if (FrameMember.Is(ref reader, "tags"u8)) tags = FrameMember.Texts(ref reader, 100);
            else FrameMember.Pass(ref reader);
        }

        if (Volatile.Read(ref purges) >= MostPurges)
        {
            Purged(id, $"{MostPurges} purges are under way; expected fewer at once. Wait for one to end.");
            return;
        }

        Interlocked.Increment(ref purges);
        owner.Purge(plugin, tags, why =>
        {
            Interlocked.Decrement(ref purges);
            Purged(id, why);
        });
    }

    private void Purged(long id, string? why)
    {
        var frame = FrameBuffer.Begin(FrameType.Purged.Word(), id);
        if (why is not null) frame.Json.WriteString("message"u8, why);
        Reply(frame);
    }
}
