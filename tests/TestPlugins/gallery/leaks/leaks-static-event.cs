/// <summary>Subscribes to a static event of the runtime and never unsubscribes.</summary>
public sealed class LeaksStaticEvent : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        TaskScheduler.UnobservedTaskException += (_, _) => GC.KeepAlive(this);
        return Answer("subscribed");
    }
}
