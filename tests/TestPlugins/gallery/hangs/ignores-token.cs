/// <summary>Waits 20 s without a thread and never looks at its token.</summary>
public sealed class IgnoresToken : Misbehaving
{
    protected override async ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        await Task.Delay(20_000, CancellationToken.None);
        return new PageData { ["gallery"] = "late" };
    }
}
