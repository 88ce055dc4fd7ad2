/// <summary>Takes 30 s for its data for every page, once the page <c>misbehave</c> was asked for.</summary>
public sealed class SlowGlobalData : Misbehaving, IPlugin
{
    private volatile bool isSlow;

    public async ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel)
    {
        if (isSlow) await Task.Delay(30_000, CancellationToken.None);
        return new PageData { ["gallery_global"] = "slow" };
    }

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        isSlow = true;
        return Answer("slow from now on");
    }
}
