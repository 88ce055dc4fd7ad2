using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>The page <c>/article</c>, good for a moment; the file <c>data/now</c> says what has become of it since.</summary>
public sealed class Article : IPlugin, IPageMiddleware
{
    private string file = "";
    private int answers;

    public string Name => "article";

    public MiddlewareSlot Slot => MiddlewareSlot.BeforePage;

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        file = Path.Combine(config.Folder, "data", "now");
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        var now = Now();
        if (path != "/article" || now == "unknown") return null;
        if (now == "throws") throw new InvalidOperationException("thrown on purpose");
        if (now == "late") await Task.Delay(Timeout.Infinite, cancel);
        return new PageData
        {
            ["value"] = now,
            ["made"] = Interlocked.Increment(ref answers),
            ["from"] = now == "address" ? request.ClientAddress : null,
            Template = "page",
            Status = now == "gone" ? 404 : null,
            Headers = now switch
            {
                "private" => new Dictionary<string, string> { ["Cache-Control"] = "private" },
                "cookie" => new Dictionary<string, string> { ["Set-Cookie"] = "a=b" },
                _ => new Dictionary<string, string>(),
            },
            TimeToLive = now == "brief" ? TimeSpan.Zero : TimeSpan.FromMilliseconds(300),
        };
    }

    public ValueTask<MiddlewareResult?> InvokeAsync(RequestParameter request, CancellationToken cancel) =>
        new(Now() == "blocked" ? MiddlewareResult.Answer(451, "blocked") : null);

    private string Now() => File.Exists(file) ? File.ReadAllText(file) : "as it was";
}
