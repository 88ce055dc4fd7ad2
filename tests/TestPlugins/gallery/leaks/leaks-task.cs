/// <summary>A task that computes for ever.</summary>
public sealed class LeaksTask : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        _ = Task.Run(static () =>
        {
            while (true) Thread.Sleep(10);
        });
        return Answer("computes");
    }
}
