using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Platform.Host.Transport;

/// <summary>Accepts connections on one address and gives them to the loops in turn.</summary>
internal sealed class LoopListener : IConnectionListener, ILoopMember
{
    private const int AcceptsAtOnce = 64;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    private readonly Channel<ConnectionContext> accepted = Channel.CreateUnbounded<ConnectionContext>(new() { SingleReader = true });
    private readonly TaskCompletionSource unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket socket;
    private readonly EventLoop loop;
    private readonly Func<int, LoopConnection> connect;
    private readonly ILogger logger;
    private readonly IPEndPoint local;
    private bool isShort;
    private bool isClosed;

    /// <summary>Accepts from now on.</summary>
    /// <param name="socket">Bound and listening; the listener closes it.</param>
    /// <param name="loop">The loop that accepts.</param>
    /// <param name="connect">Makes a connection of a descriptor.</param>
    /// <param name="logger">Where it is said that connections can't be accepted.</param>
    public LoopListener(Socket socket, EventLoop loop, Func<int, LoopConnection> connect, ILogger logger)
    {
        (this.socket, this.loop, this.connect, this.logger) = (socket, loop, connect, logger);
        Descriptor = (int)socket.SafeHandle.DangerousGetHandle();
        local = (IPEndPoint)socket.LocalEndPoint!;
        loop.Post(this, LoopOrder.Begin);
    }

    /// <inheritdoc/>
    public EndPoint EndPoint => local;

    /// <inheritdoc/>
    public int Descriptor { get; }

    /// <inheritdoc/>
    public uint Interest => Libc.EpollIn;

    /// <inheritdoc/>
    public ulong Key { get; set; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (accepted.Reader.TryRead(out var connection)) return connection;
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        // The token is no matter: the loop does it at once.
        loop.Post(this, LoopOrder.Close);
        return new(unbound.Task);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnbindAsync();

    /// <inheritdoc/>
    public void Serve(uint events)
    {
        for (var turn = 0; turn < AcceptsAtOnce; turn++)
        {
            var descriptor = Accept();
            if (descriptor >= 0)
            {
                if (!Libc.IsAmongTheLast(descriptor)) continue;
                Pause("too many files are open");
                return;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error is Libc.TooManyFiles or Libc.TooManyFilesOfSystem or Libc.OutOfMemory or Libc.NoBuffers)
            {
                Pause(Marshal.GetPInvokeErrorMessage(error));
                return;
            }

            if (error != Libc.TryAgain) continue;
            // Nobody waits any more.
            if (isShort) logger.LogInformation("connections are accepted again on {Address}", local);
            isShort = false;
            return;
        }
    }

    /// <inheritdoc/>
    public void Obey(LoopOrder order)
    {
        if (isClosed) return;
        switch (order)
        {
            case LoopOrder.Begin:
                loop.Add(this);
                break;
            case LoopOrder.Resume:
                if (Libc.AreFilesShort()) Pause("too many files are open");
                else loop.Change(this, Interest);
                break;
            default:
                isClosed = true;
                loop.Remove(this);
                socket.Dispose();
                accepted.Writer.TryComplete();
                unbound.TrySetResult();
                break;
        }
    }

    /// <inheritdoc/>
    public void Fail(Exception exception) => Pause(exception.Message);

    /// <summary>Takes in one that waits; its descriptor, or -1 with the thread's last error.</summary>
    private unsafe int Accept()
    {
        var bytes = stackalloc byte[SocketAddress.MaxLength];
        var length = SocketAddress.MaxLength;
        var descriptor = Libc.Accept(Descriptor, bytes, &length);
        if (descriptor < 0) return descriptor;
        var connection = connect(descriptor);
        connection.RemoteEndPoint = SocketAddress.Read(new(bytes, Math.Min(length, SocketAddress.MaxLength)));
        // Who listens on all addresses learns by which one it was reached.
        connection.LocalEndPoint = local.Address.Equals(IPAddress.Any) || local.Address.Equals(IPAddress.IPv6Any) ? SocketAddress.LocalOf(descriptor) ?? local : local;
        connection.Start();
        accepted.Writer.TryWrite(connection);
        return descriptor;
    }

    /// <summary>Files or memory are short: who waits stays with the system for a moment. A process that has no file left can't even go on as it is.</summary>
    private void Pause(string why)
    {
        if (isClosed) return;
        if (!isShort) logger.LogError("no connection can be accepted on {Address}: {Error}; it is tried again until it can", local, why);
        isShort = true;
        loop.Change(this, 0);
        _ = Task.Delay(Breath).ContinueWith(_ => loop.Post(this, LoopOrder.Resume), TaskScheduler.Default);
    }
}
