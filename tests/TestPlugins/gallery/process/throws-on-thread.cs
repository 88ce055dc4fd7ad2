/// <summary>Throws on a thread of its own. Ends the process.</summary>
public sealed class ThrowsOnThread : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        new Thread(() => throw new InvalidOperationException("thrown on a thread")) { IsBackground = true }.Start();
        return Answer("started a thread");
    }
}
