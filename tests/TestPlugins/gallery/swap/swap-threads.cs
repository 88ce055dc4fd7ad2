/// <summary>Starts threads, and stops them in DisposeAsync.</summary>
public sealed class SwapThreads : IPlugin, IAsyncDisposable
{
    /// <summary>Replaced in the assembly's bytes, so that every copy is a version of its own.</summary>
    private const string Version = "version-00000000";

    public string Name => "swap";

    private readonly CancellationTokenSource stop = new();
    private readonly List<Thread> threads = [];

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        for (var i = 0; i < 4; i++)
        {
            var thread = new Thread(() => stop.Token.WaitHandle.WaitOne()) { IsBackground = true };
            thread.Start();
            threads.Add(thread);
        }

        return default;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => new(new PageData { ["swap"] = Version });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        foreach (var thread in threads) thread.Join();
        stop.Dispose();
    }
}
