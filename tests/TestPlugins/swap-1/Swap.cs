using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class Swap : IPlugin
{
#if SECOND
    private const string Version = "second";
#else
    private const string Version = "first";
#endif

    public string Name => "swap";

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        new(new PageData { ["swap"] = Version });
}
