/// <summary>Starts a timer and never disposes of it.</summary>
public sealed class LeaksTimer : Misbehaving
{
    private Timer? timer;

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        timer = new(Tick, null, 1000, 1000);
        return Answer("ticks");
    }

    private void Tick(object? state) => GC.KeepAlive(timer);
}
