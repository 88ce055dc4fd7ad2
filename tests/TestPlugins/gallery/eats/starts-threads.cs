/// <summary>Starts 10,000 threads that sleep for ever; with the setting <c>count</c> another number.</summary>
public sealed class StartsThreads : Misbehaving
{
    private static int started;

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var most = Config.Settings["count"] as long? ?? 10_000;
        while (Interlocked.Increment(ref started) <= most) new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = true }.Start();
        return Answer("many");
    }
}
