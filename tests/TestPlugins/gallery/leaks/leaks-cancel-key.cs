/// <summary>Subscribes to Console.CancelKeyPress and never unsubscribes.</summary>
public sealed class LeaksCancelKey : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        Console.CancelKeyPress += OnCancel;
        return Answer("subscribed");
    }

    private void OnCancel(object? sender, ConsoleCancelEventArgs arguments) => GC.KeepAlive(this);
}
