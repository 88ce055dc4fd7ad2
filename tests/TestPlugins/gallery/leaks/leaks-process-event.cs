/// <summary>Subscribes to AppDomain.ProcessExit and never unsubscribes.</summary>
public sealed class LeaksProcessEvent : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        return Answer("subscribed");
    }

    private void OnExit(object? sender, EventArgs arguments) => GC.KeepAlive(this);
}
