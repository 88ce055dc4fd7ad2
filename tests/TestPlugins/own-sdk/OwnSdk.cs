using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class OwnSdk : IPlugin
{
    public string Name => "own-sdk";

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        new(new PageData { ["own_sdk"] = "is a plugin all the same" });
}
