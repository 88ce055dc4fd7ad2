using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class BadInit : IPlugin
{
    public string Name => "bad-init";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel) => throw new InvalidOperationException("InitAsync fails on purpose");

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        new(new PageData { ["bad_init"] = "must never be seen" });
}
