using System.Diagnostics;

namespace Platform.Host.Pipeline;

/// <summary>
/// Takes the access lines off the requests' hands: a request only leaves what its line says, and a thread of its own makes the
/// lines, one after the other, and writes them out in large blocks. When that can't follow, lines are dropped and counted; no
/// page waits.
/// </summary>
public sealed class AccessLog : IAsyncDisposable
{
    private const int FirstRecords = 1024;
    private const int MostWaiting = 4 * 1024 * 1024;
    private const int BlockSize = 64 * 1024;

    // Long enough to gather thousands of lines under load, too short to be noticed by who looks on.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Lock turn = new();
    private readonly AutoResetEvent begun = new(false);
    private readonly ManualResetEventSlim ending = new(false, spinCount: 0);
    private readonly IReadOnlyList<IAccessOutput> outputs;
    private readonly ILogger logger;
    private readonly Thread thread;
    private AccessRecord[] filling = new AccessRecord[FirstRecords];
    private AccessRecord[] spare = new AccessRecord[FirstRecords];
    private byte[] block = new byte[BlockSize];
    private int count;
    private int waiting;
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

    /// <summary>Leaves what a line says; never waits.</summary>
    public void Write(in AccessRecord record)
    {
        if (outputs.Count == 0) return;
        bool isFirst;
        lock (turn)
        {
            if (waiting + record.Size > MostWaiting)
            {
                dropped++;
                return;
            }

            if (count == filling.Length) Array.Resize(ref filling, count * 2);
            filling[count] = record;
            isFirst = count++ == 0;
            waiting += record.Size;
        }

        if (isFirst) begun.Set();
    }

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        ending.Set();
        begun.Set();
        if (!await Task.Run(() => thread.Join(LastWords))) return;
        foreach (var output in outputs) (output as IDisposable)?.Dispose();
    }

    private void Run()
    {
        long said = 0;
        while (true)
        {
            begun.WaitOne();
            var isLast = ending.Wait(Gathering);
            Write(Take());
            if (isLast) return;
            if (Dropped == said) continue;
            said = Dropped;
            logger.LogWarning("{Count} access lines were dropped since the start: the log could not follow", said);
        }
    }

    private Span<AccessRecord> Take()
    {
        lock (turn)
        {
            var taken = filling.AsSpan(0, count);
            (filling, spare, count, waiting) = (spare, filling, 0, 0);
            return taken;
        }
    }

    private void Write(Span<AccessRecord> records)
    {
        // One look at the clock for all of them.
        var (now, counted, length) = (DateTime.UtcNow, Stopwatch.GetTimestamp(), 0);
        foreach (ref readonly var record in records)
        {
            var most = AccessLine.LengthOf(record);
            if (length + most > block.Length)
            {
                WriteBlock(length);
                length = 0;
                if (most > block.Length) block = new byte[most];
            }

            length += AccessLine.Write(record, now - Stopwatch.GetElapsedTime(record.Ended, counted), block.AsSpan(length));
        }

        WriteBlock(length);
        // Nobody's texts are held for longer.
        records.Clear();
    }

    private void WriteBlock(int length)
    {
        foreach (var output in outputs) Write(output, block.AsSpan(0, length));
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
