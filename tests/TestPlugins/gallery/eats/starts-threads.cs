/// <summary>Starts 10,000 threads that sleep for ever; with the setting <c>count</c> another number.</summary>
public sealed class StartsThreads : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var most = Config.Settings["count"] as long? ?? 10_000;
        for (var i = 0; i < most; i++) new Thread(() => Thread.Sleep(Timeout.Infinite), maxStackSize: 16 << 10) { IsBackground = true }.Start();
        return Answer("many");
    }
}
