/// <summary>Sets an AsyncLocal that a timer of the runtime carries along.</summary>
public sealed class LeaksAsyncLocal : Misbehaving
{
    private static readonly AsyncLocal<LeaksAsyncLocal?> Current = new();

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        Current.Value = this;
        // Its callback is nothing of the plugin; what flows with it is.
        new CancellationTokenSource(TimeSpan.FromHours(1)).Token.Register(Console.Out.Flush);
        _ = Task.Delay(TimeSpan.FromHours(1), CancellationToken.None).ContinueWith(GC.KeepAlive, TaskScheduler.Default);
        return Answer("flows");
    }
}
