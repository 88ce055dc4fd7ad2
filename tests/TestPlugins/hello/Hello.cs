using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class Hello : IPlugin
{
    public string Name => "hello";

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        new(new PageData { ["hello"] = "Hello from a plugin", ["shared"] = "hello's data_for" });

    public ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel) =>
        new(new PageData { ["site_name"] = "The hello site" });
}
