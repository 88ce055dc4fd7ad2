using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Says in each of its answers on which kind of thread it was called.</summary>
public sealed class Threads : IPlugin, IPageMiddleware, ITemplateHelpers
{
    public string Name => "threads";

    public MiddlewareSlot Slot { get; private set; }

    IReadOnlyList<TemplateHelper> ITemplateHelpers.Helpers { get; } = [TemplateHelper.Value("thread", _ => Thread())];

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        Slot = config.Settings["slot"] as string == "cache" ? MiddlewareSlot.BeforeCache : MiddlewareSlot.BeforePage;
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => new(path == "made" ? new PageData { ["value"] = Thread(), TimeToLive = TimeSpan.Zero } : null);

    public ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel) => new(new PageData { ["shared"] = Thread() });

    public ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel) => new(ApiResult.Ok($"{Thread()} {request.Body.Length}"));

    public ValueTask<MiddlewareResult?> InvokeAsync(RequestParameter request, CancellationToken cancel) =>
        new(MiddlewareResult.Continue(new Dictionary<string, string> { ["X-Thread"] = Thread() }));

    private static string Thread()
    {
        var thread = System.Threading.Thread.CurrentThread;
        return thread.IsThreadPoolThread || thread.Name?.StartsWith("pages-", StringComparison.Ordinal) == true ? "may wait" : thread.Name ?? "unnamed";
    }
}
