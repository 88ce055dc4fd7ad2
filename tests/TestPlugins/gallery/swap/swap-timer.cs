/// <summary>Has a timer and subscribes to a static event; ends both in DisposeAsync.</summary>
public sealed class SwapTimer : IPlugin, IAsyncDisposable
{
    /// <summary>Replaced in the assembly's bytes, so that every copy is a version of its own.</summary>
    private const string Version = "version-00000000";

    public string Name => "swap";

    private Timer? timer;
    private long ticks;

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        timer = new(_ => Interlocked.Increment(ref ticks), null, 5, 5);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        return default;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => new(new PageData { ["swap"] = Version });

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        await timer!.DisposeAsync();
    }

    private void OnExit(object? sender, EventArgs arguments) => Interlocked.Exchange(ref ticks, 0);
}
