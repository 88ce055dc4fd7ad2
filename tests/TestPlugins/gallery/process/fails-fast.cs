/// <summary>Calls Environment.FailFast. Ends the process.</summary>
public sealed class FailsFast : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        Environment.FailFast("failed fast on purpose");
        return default;
    }
}
