/// <summary>Blocks its thread for ever.</summary>
public sealed class SleepsForEver : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        Thread.Sleep(Timeout.Infinite);
        return default;
    }
}
