using System.Buffers;
using System.Runtime.CompilerServices;

namespace Platform.Host.Pipeline;

/// <summary>
/// Takes the access lines off the requests' hands: a request only leaves its line in memory, and a thread of its own writes
/// them out in large blocks. When that can't follow, lines are dropped and counted; no page waits.
/// </summary>
public sealed class AccessLog : IAsyncDisposable
{
    private const int FirstBlock = 64 * 1024;
    private const int MostWaiting = 4 * 1024 * 1024;
    private const int ShortLine = 2048;

    // Long enough to gather thousands of lines under load, too short to be noticed by who looks on.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Lock turn = new();
    private readonly AutoResetEvent begun = new(false);
    private readonly ManualResetEventSlim ending = new(false, spinCount: 0);
    private readonly IReadOnlyList<IAccessOutput> outputs;
    private readonly ILogger logger;
    private readonly Thread thread;
    private byte[] filling = new byte[FirstBlock];
    private byte[] spare = new byte[FirstBlock];
    private int length;
    private long dropped;
    private bool hasFailed;

    /// <summary>Starts writing.</summary>
    /// <param name="outputs">Where the lines go.</param>
    /// <param name="logger">Where it is said that lines were lost.</param>
    public AccessLog(IReadOnlyList<IAccessOutput> outputs, ILogger logger)
    {
        (this.outputs, this.logger) = (outputs, logger);
        thread = new Thread(Run) { IsBackground = true, Name = "access-log" };
        thread.Start();
    }

    /// <summary>Lines that were dropped.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Leaves a line; never waits.</summary>
    [SkipLocalsInit]
    public void Write(in AccessRecord record)
    {
        if (outputs.Count == 0) return;
        var most = AccessLine.LengthOf(record);
        if (most <= ShortLine)
        {
            Span<byte> line = stackalloc byte[ShortLine];
            Add(line[..AccessLine.Write(record, DateTime.UtcNow, line)]);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        Add(rented.AsSpan(0, AccessLine.Write(record, DateTime.UtcNow, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        ending.Set();
        begun.Set();
        if (!await Task.Run(() => thread.Join(LastWords))) return;
        foreach (var output in outputs) (output as IDisposable)?.Dispose();
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        bool isFirst;
        lock (turn)
        {
            if (length + line.Length > filling.Length && !TryGrow())
            {
                dropped++;
                return;
            }

            line.CopyTo(filling.AsSpan(length));
            isFirst = length == 0;
            length += line.Length;
        }

        if (isFirst) begun.Set();
    }

    private bool TryGrow()
    {
        if (filling.Length >= MostWaiting) return false;
        Array.Resize(ref filling, filling.Length * 2);
        return true;
    }

    private void Run()
    {
        long said = 0;
        while (true)
        {
            begun.WaitOne();
            var isLast = ending.Wait(Gathering);
            var lines = Take();
            foreach (var output in outputs) Write(output, lines.Span);
            if (isLast) return;
            if (Dropped == said) continue;
            said = Dropped;
            logger.LogWarning("{Count} access lines were dropped since the start: the log could not follow", said);
        }
    }

    private ReadOnlyMemory<byte> Take()
    {
        lock (turn)
        {
            var taken = filling.AsMemory(0, length);
            (filling, spare, length) = (spare, filling, 0);
            return taken;
        }
    }

    private void Write(IAccessOutput output, ReadOnlySpan<byte> lines)
    {
        try
        {
            if (!lines.IsEmpty) output.Write(lines);
            hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            lock (turn) dropped += lines.Count((byte)'\n');
            if (!hasFailed) logger.LogError("access lines can't be written: {Error}", exception.Message);
            hasFailed = true;
        }
    }
}
