/// <summary>Starts a thread that never ends.</summary>
public sealed class LeaksThread : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        new Thread(Run) { IsBackground = true, Name = "leaks-thread" }.Start();
        return Answer("started");
    }

    private static void Run()
    {
        while (true) Thread.Sleep(1000);
    }
}
