using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Platform.Host.Transport;

/// <summary>
/// One connection. What comes in is handed to the server on the loop's thread. What goes out is sent by whoever has written
/// it, until the socket is full, then by the loop; what is written while the loop serves several is sent after them.
/// </summary>
internal sealed class LoopConnection : DefaultConnectionContext, ILoopMember, IMemoryPoolFeature, IDuplexPipe
{
    private const int LeastRead = 2048;
    private const int ReadsAtOnce = 16;
    private const long MostUnread = 256 * 1024;
    private const long MostUnsent = 64 * 1024;

    // What is left to send to a peer that does not take it is thrown away after this time.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    // Who has said all they have to say, and takes nothing for this time, has gone.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource gone = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Gate writable;
    private readonly Action send;
    private readonly EventLoop loop;
    private readonly Pipe input;
    private readonly Pipe output;
    private readonly int socket;
    private Exception? abortedFor;
    private ValueTask<FlushResult> flush;
    private ValueTask<ReadResult> reading;
    private ReadResult read;
    private bool isRead;
    private bool isPaused;
    private bool hasInputEnded;
    private bool isClosed;
    private bool isDisposing;
    private long sentBytes;
    private int isGone;

    /// <summary>A connection that is accepted and not watched yet.</summary>
    public LoopConnection(string id, int socket, EventLoop loop, MemoryPool<byte> memory, SendBlocks blocks)
        : base(id)
    {
        (this.socket, this.loop, MemoryPool, ConnectionClosed) = (socket, loop, memory, gone.Token);
        input = new(new PipeOptions(memory, PipeScheduler.Inline, PipeScheduler.Inline, MostUnread, MostUnread / 2, useSynchronizationContext: false));
        // Who waited for a slow peer goes on on the pool: it may be a file or a plugin's page.
        output = new(new PipeOptions(blocks, PipeScheduler.Inline, PipeScheduler.ThreadPool, MostUnsent, MostUnsent / 2, useSynchronizationContext: false));
        writable = new(send = Send);
        Transport = this;
        Features.Set<IMemoryPoolFeature>(this);
    }

    /// <inheritdoc/>
    public MemoryPool<byte> MemoryPool { get; }

    /// <inheritdoc/>
    public int Descriptor => socket;

    /// <inheritdoc/>
    public uint Interest => Libc.EpollIn | Libc.EpollOut | Libc.EpollPeerClosed | Libc.EpollEdge;

    /// <inheritdoc/>
    public ulong Key { get; set; }

    PipeReader IDuplexPipe.Input => input.Reader;

    PipeWriter IDuplexPipe.Output => output.Writer;

    /// <summary>Starts sending and receiving.</summary>
    public void Start()
    {
        loop.Post(this, LoopOrder.Begin);
        reading = output.Reader.ReadAsync();
        Send();
    }

    /// <inheritdoc/>
    public void Serve(uint events)
    {
        if ((events & ~(Libc.EpollIn | Libc.EpollPeerClosed)) != 0) writable.Open();
        if ((events & ~Libc.EpollOut) != 0) Receive((events & ~(Libc.EpollIn | Libc.EpollOut)) != 0);
        if (hasInputEnded && (events & (Libc.EpollError | Libc.EpollHangUp)) != 0) Leave();
    }

    /// <inheritdoc/>
    public void Obey(LoopOrder order)
    {
        if (isClosed) return;
        if (order == LoopOrder.Begin) loop.Add(this);
        else if (order == LoopOrder.Resume) Resume();
        else if (order == LoopOrder.Close) Close();
        else
        {
            EndInput(abortedFor);
            writable.Open();
        }
    }

    /// <inheritdoc/>
    public void Fail(Exception exception) => Abort(new ConnectionAbortedException("The transport failed.", exception));

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (Interlocked.CompareExchange(ref abortedFor, abortReason, null) is not null) return;
        output.Reader.CancelPendingRead();
        loop.Post(this, LoopOrder.Abort);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        isDisposing = true;
        await input.Reader.CompleteAsync();
        await output.Writer.CompleteAsync();
        await closed.Task.WaitAsync(LastWords).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!closed.Task.IsCompleted) Abort(new ConnectionAbortedException("The peer did not take the end of the response."));
        await closed.Task;
        await base.DisposeAsync();
    }

    /// <summary>Reads what is there.</summary>
    /// <param name="toTheEnd">True where the end of the stream is near: a short read is not the last.</param>
    private void Receive(bool toTheEnd)
    {
        for (var turn = 0; turn < ReadsAtOnce; turn++)
        {
            if (isPaused || hasInputEnded || isClosed) return;
            var memory = input.Writer.GetMemory(LeastRead);
            var count = SocketBytes.Receive(socket, memory);
            if (count == 0)
            {
                EndInput(null);
                return;
            }

            if (count < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == Libc.Interrupted) continue;
                if (error != Libc.TryAgain) EndInput(SocketBytes.Error(error, "recv"));
                return;
            }

            input.Writer.Advance(count);
            // In here the server reads the request and, where its page is stored, answers it.
            flush = input.Writer.FlushAsync();
            if (!flush.IsCompleted)
            {
                isPaused = true;
                flush.GetAwaiter().UnsafeOnCompleted(() => loop.Post(this, LoopOrder.Resume));
                return;
            }

            if (flush.Result.IsCompleted) EndInput(null);
            if (count < memory.Length && !toTheEnd) return;
        }

        // Others wait too.
        isPaused = true;
        flush = default;
        loop.Post(this, LoopOrder.Resume);
    }

    private void Resume()
    {
        if (!isPaused) return;
        isPaused = false;
        if (flush.GetAwaiter().GetResult().IsCompleted) EndInput(null);
        // What happened meanwhile was not looked at: this time up to where nothing is left.
        Receive(toTheEnd: true);
    }

    private void EndInput(Exception? error)
    {
        if (hasInputEnded) return;
        hasInputEnded = true;
        // Between two requests the server disposes of the connection in here.
        input.Writer.Complete(error);
        if (error is not null || abortedFor is not null) Leave();
        else if (!isDisposing) _ = LeaveWhenSilentAsync();
    }

    /// <summary>The server drops an answer whose peer has gone; who has only ended their own half gets it, be it still to be made.</summary>
    private async Task LeaveWhenSilentAsync()
    {
        long before;
        do
        {
            before = Volatile.Read(ref sentBytes);
            await closed.Task.WaitAsync(Silence).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!closed.Task.IsCompleted && Volatile.Read(ref sentBytes) != before);
        Leave();
    }

    /// <summary>Sends what there is. Where it must wait, for the server, the loop or the socket, it is called again.</summary>
    private void Send()
    {
        try
        {
            while (Volatile.Read(ref abortedFor) is null)
            {
                if (!isRead)
                {
                    if (!reading.IsCompleted)
                    {
                        reading.GetAwaiter().UnsafeOnCompleted(send);
                        return;
                    }

                    (read, isRead) = (reading.Result, true);
                    // Who writes more than that waits until it is sent.
                    if (read.Buffer.Length < MostUnsent && loop.TryGather(send)) return;
                }

                isRead = false;
                // The server has ended, or the connection was aborted.
                if (read.Buffer.IsEmpty) break;
                var sent = SocketBytes.Send(socket, read.Buffer);
                sentBytes += sent;
                var isAll = sent == read.Buffer.Length;
                output.Reader.AdvanceTo(read.Buffer.GetPosition(sent));
                if (isAll && read.IsCompleted) break;
                reading = output.Reader.ReadAsync();
                if (sent == 0 && !writable.TryPass()) return;
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref abortedFor, exception, null);
        }

        output.Reader.Complete();
        // Nothing is sent any more, so the loop may close the descriptor.
        loop.Post(this, LoopOrder.Close);
    }

    private void Close()
    {
        isClosed = true;
        loop.Remove(this);
        EndInput(abortedFor ?? new ConnectionAbortedException("The connection is closed."));
        if (abortedFor is null) _ = Libc.Shutdown(socket, Libc.ShutdownWrite);
        else Libc.ResetOnClose(socket);
        _ = Libc.Close(socket);
        Leave();
        closed.TrySetResult();
    }

    /// <summary>Says that the peer has gone; who listens for that is called on the pool.</summary>
    private void Leave()
    {
        if (Interlocked.Exchange(ref isGone, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.gone.Cancel(), this, preferLocal: false);
    }
}
