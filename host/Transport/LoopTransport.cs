using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Platform.Host.Transport;

/// <summary>
/// Kestrel's connections over TCP, served by event loops: a request is read, and a page that is stored is answered, on the
/// thread that the network wakes, without a hop to the pool. Everything else leaves that thread by <see cref="PoolThread"/>.
/// </summary>
/// <remarks>
/// The runtime has a switch for the same, but for every socket of the process: then those of plugins would go on on the
/// threads that all connections wait for.
/// </remarks>
public sealed class LoopTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    private const int MostLoops = 4;
    private const int Backlog = 512;

    private readonly EventLoop[] loops;
    private readonly MemoryPool<byte>[] memory;
    private readonly SendBlocks[] blocks;
    private readonly ILogger logger;
    private long connections;
    private int turn = -1;

    /// <summary>Starts a loop for each core, at most four.</summary>
    public LoopTransport(IMemoryPoolFactory<byte> memoryPools, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    {
        logger = loggers.CreateLogger("transport");
        var count = Math.Clamp(Environment.ProcessorCount, 1, MostLoops);
        memory = [.. Enumerable.Range(0, count).Select(_ => memoryPools.Create())];
        blocks = [.. Enumerable.Range(0, count).Select(_ => new SendBlocks())];
        loops = [.. Enumerable.Range(0, count).Select(number => new EventLoop(number, logger, Failed))];
        // Ids that no earlier run has used, so that those of requests can be told apart in a log of weeks.
        connections = DateTime.UtcNow.Ticks;

        void Failed(Exception exception)
        {
            HasFailed = true;
            logger.LogCritical(exception, "an event loop has failed, and with it its connections; the server stops");
            lifetime.StopApplication();
        }
    }

    /// <summary>True where the system has what it takes: Linux on 64 bits.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>True where a loop has ended by an error: the server stops, and its process must say so.</summary>
    public bool HasFailed { get; private set; }

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket? socket = null;
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.Blocking = false;
            // What it accepts inherits it.
            socket.NoDelay = true;
            socket.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            if (exception.SocketErrorCode == SocketError.AddressAlreadyInUse) throw new AddressInUseException(exception.Message, exception);
            throw;
        }

        return new(new LoopListener(socket, loops[0], Connect, logger));
    }

    /// <summary>Ends the loops.</summary>
    public void Dispose()
    {
        foreach (var loop in loops) loop.Dispose();
        foreach (var pool in memory.Concat(blocks)) pool.Dispose();
    }

    private LoopConnection Connect(int descriptor)
    {
        var next = (int)((uint)Interlocked.Increment(ref turn) % (uint)loops.Length);
        return new(Id(Interlocked.Increment(ref connections)), descriptor, loops[next], memory[next], blocks[next]);
    }

    private static string Id(long number) => string.Create(13, number, static (text, number) =>
    {
        for (var i = text.Length - 1; i >= 0; i--, number >>= 5) text[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUV"[(int)(number & 31)];
    });
}
