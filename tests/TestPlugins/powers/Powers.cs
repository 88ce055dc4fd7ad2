using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Uses everything that the host lends to a plugin.</summary>
public sealed class Powers : IPlugin, IPageMiddleware, IBackgroundWork, IReloadable, IAsyncDisposable
{
    private PluginConfig inForce = null!;
    private string greeting = "";
    private int turns;
    private int starts;

    public string Name => "powers";

    public MiddlewareSlot Slot { get; private set; }

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public async ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        starts++;
        if (config.Settings["purges"] as string is { } tag) await config.Pages.PurgeAsync([tag], cancel);
        Slot = config.Settings["slot"] as string == "page" ? MiddlewareSlot.BeforePage : MiddlewareSlot.BeforeCache;
        await ReloadAsync(config, cancel);
    }

    public ValueTask ReloadAsync(PluginConfig config, CancellationToken cancel)
    {
        greeting = config.Settings["greeting"] as string ?? "none";
        if (greeting == "never" || (greeting == "refuse" && inForce is not null)) throw new InvalidOperationException("not these settings");
        inForce = config;
        config.Log.Information($"greets with {greeting}");
        return ValueTask.CompletedTask;
    }

    public ValueTask WorkAsync(CancellationToken cancel)
    {
        if (inForce.Settings["work"] as string == "throw") throw new InvalidOperationException("work fails");
        // One whose callback waits for what never comes.
        if (inForce.Settings["work"] as string == "block") cancel.Register(() => Thread.Sleep(Timeout.Infinite));
        inForce.Log.Information($"turn {Interlocked.Increment(ref turns)} of {greeting}");
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        if (path == "feed") return new PageData { ["value"] = await FeedAsync(cancel), TimeToLive = TimeSpan.Zero };
        return path == "plain" ? new PageData { ["value"] = greeting, ["made"] = starts, Tags = ["powers"] } : null;
    }

    public async ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        switch (request.Method)
        {
            case "purge":
                await inForce.Pages.PurgeAsync(["powers"], cancel);
                return ApiResult.Ok("purged");
            case "log":
                inForce.Log.Warning("one\n2026-01-01 00:00:00.000 ERR two\u202e");
                return ApiResult.Ok("logged");
            case "flood":
                for (var i = 0; i < 5000; i++) inForce.Log.Warning($"flood {i}");
                return ApiResult.Ok("flooded");
            default:
                return null;
        }
    }

    public ValueTask<MiddlewareResult?> InvokeAsync(RequestParameter request, CancellationToken cancel) => new(request.UrlPath switch
    {
        "/blocked" => MiddlewareResult.Answer(451, "not here"),
        "/moved" => MiddlewareResult.Redirect("/plain", 301),
        "/bad" => throw new InvalidOperationException("no way through"),
        _ => MiddlewareResult.Continue(new Dictionary<string, string> { ["X-Powers"] = $"{Slot}", ["Content-Length"] = "7" }),
    });

    public ValueTask DisposeAsync()
    {
        inForce?.Log.Information($"{greeting} is disposed");
        return ValueTask.CompletedTask;
    }

    private async Task<string> FeedAsync(CancellationToken cancel)
    {
        try
        {
            return await inForce.Http.Client(new HttpLimits(RequestsPerSecond: 1000, FailuresUntilOff: 3, OffSeconds: 600)).GetStringAsync((string)inForce.Settings["feed"]!, cancel);
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }
}
