/// <summary>An async void loop that waits and goes on for ever.</summary>
public sealed class LeaksAsyncLoop : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        LoopAsync();
        return Answer("loops");
    }

    private static async void LoopAsync()
    {
        while (true) await Task.Delay(500);
    }
}
