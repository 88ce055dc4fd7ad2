using System.Threading.Channels;

namespace Platform.Host.Pipeline;

/// <summary>Takes the access lines off the requests' hands: a request only leaves its record here. When the log can't follow, records are dropped and counted; no page waits.</summary>
public sealed class AccessLog : IAsyncDisposable
{
    private const int Capacity = 16_384;

    private readonly Channel<AccessRecord> records;
    private readonly ILogger logger;
    private readonly Task writing;
    private long dropped;

    /// <summary>Starts writing.</summary>
    public AccessLog(ILogger logger)
    {
        this.logger = logger;
        records = Channel.CreateBounded<AccessRecord>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, _ => Interlocked.Increment(ref dropped));
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Records that were dropped.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Leaves a record; never waits.</summary>
    public void Write(in AccessRecord record) => records.Writer.TryWrite(record);

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        records.Writer.TryComplete();
        await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(5)));
    }

    private async Task WriteAsync()
    {
        long said = 0;
        await foreach (var r in records.Reader.ReadAllAsync())
        {
            logger.LogInformation(
                "{Client} {Method} {Target} {Status} {Bytes} {Milliseconds:0.00} ms [{Cache}] {RequestId}",
                r.Client, r.Method, r.Target, r.Status, r.Bytes, r.Milliseconds, r.Cache, r.RequestId);
            if (Dropped == said || records.Reader.TryPeek(out _)) continue;
            said = Dropped;
            logger.LogWarning("{Count} access lines were dropped since the start: the log could not follow", said);
        }
    }
}
