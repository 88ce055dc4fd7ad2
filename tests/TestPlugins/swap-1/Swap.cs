using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Takes its time to answer, and fails where it is disposed of before it has.</summary>
public sealed class Swap : IPlugin, IDisposable
{
#if SECOND
    private const string Version = "second";
#else
    private const string Version = "first";
#endif

    private volatile bool isDisposed;

    public string Name => "swap";

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        await Task.Delay(30, cancel);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return new PageData { ["swap"] = Version };
    }

    public void Dispose() => isDisposed = true;
}
