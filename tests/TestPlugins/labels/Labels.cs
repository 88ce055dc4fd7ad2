using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Adds the headers of its setting <c>headers</c>, ahead of the cache or, where its setting <c>slot</c> says so, of the page; knows no page itself.</summary>
public sealed class Labels : IPlugin, IPageMiddleware
{
    private Dictionary<string, string> headers = [];

    public string Name => "labels";

    public MiddlewareSlot Slot { get; private set; }

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        Slot = config.Settings["slot"] as string == "page" ? MiddlewareSlot.BeforePage : MiddlewareSlot.BeforeCache;
        headers = ((DataMap)config.Settings["headers"]!).ToDictionary(header => header.Key, header => (string)header.Value!);
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => default;

    public ValueTask<MiddlewareResult?> InvokeAsync(RequestParameter request, CancellationToken cancel) => new(MiddlewareResult.Continue(headers));
}
