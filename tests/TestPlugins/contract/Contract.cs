using System.Globalization;
using System.Text;
using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Uses all of the contract between a plugin and the host; contract-node says the same in another language.</summary>
public sealed class Contract : IPlugin, IPageMiddleware, IReloadable, IBackgroundWork, ITemplateHelpers, IAsyncDisposable
{
    private PluginConfig inForce = null!;
    private int asked;
    private int turns;

    public string Name => "contract";

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public MiddlewareSlot Slot => MiddlewareSlot.BeforePage;

    public IReadOnlyList<TemplateHelper> Helpers { get; } =
    [
        TemplateHelper.Value("shout", call => call.Text(0).ToUpperInvariant() + (call["end"] as string ?? "!")),
        TemplateHelper.Value("badge", call => new Html($"<b>{Html.Escape(call.Text(0))}</b>")),
        TemplateHelper.Value("same", call => call[0]),
        TemplateHelper.Value("pair", call => new Dictionary<string, object?> { ["first"] = call[0], ["rest"] = call.Arguments.Skip(1).ToList() }),
        TemplateHelper.Value("around", call => call.Context is IReadOnlyDictionary<string, object?> map ? map.GetValueOrDefault("greeting") : call.Context),
        TemplateHelper.Block("times", Times),
        TemplateHelper.Block("frame", block => block.Write($"<div>{block.Capture(block.Context).Trim()}</div>")),
        TemplateHelper.Block("inside", block => block.Render(new DataMap { ["word"] = block[0], ["html"] = "<i>" })),
        TemplateHelper.Value("wrong", call => throw new ArgumentException($"'{call.Text(0)}' is not what it takes.")),
        TemplateHelper.Value("fails", _ => throw new InvalidOperationException("thrown on purpose")),
    ];

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        inForce = config;
        config.Log.Information("is there");
        return ValueTask.CompletedTask;
    }

    public ValueTask WorkAsync(CancellationToken cancel)
    {
        if (inForce.Settings["greeting"] as string == "Fail") throw new InvalidOperationException("thrown on purpose");
        inForce.Log.Information($"turn {++turns} of {inForce.Settings["greeting"]}");
        return ValueTask.CompletedTask;
    }

    public ValueTask ReloadAsync(PluginConfig config, CancellationToken cancel)
    {
        inForce = config;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        var greeting = inForce.Settings["greeting"];
        switch (path)
        {
            case "values": return Values();
            case "helped": return new PageData { ["greeting"] = greeting, ["words"] = new[] { "a", "<b>" } };
            case "settings": return new PageData { ["value"] = greeting, ["made"] = Interlocked.Increment(ref asked), Tags = ["contract"] };
            case "template": return new PageData { ["value"] = greeting, Template = "other" };
            case "short": return new PageData { ["value"] = "short", TimeToLive = TimeSpan.Zero };
            case "gone": return new PageData { ["value"] = "gone", Status = 410, Headers = new Dictionary<string, string> { ["X-Contract"] = "gone" } };
            case "route": return new PageData { ["value"] = $"{request.RouteValues["id"]} {request.UrlPath}" };
            case "query": return new PageData { ["value"] = request.Query.GetValueOrDefault("q") };
            case "user": return new PageData { ["value"] = $"{request.User.Id} {request.User.Name} {string.Join(',', request.User.Permissions)}" };
            case "header": return new PageData { ["value"] = request.Headers.GetValueOrDefault("x-contract") };
            case "throws": throw new InvalidOperationException("thrown on purpose");
            case "slow":
                await Task.Delay(Timeout.Infinite, cancel);
                return null;
            default: return null;
        }
    }

    public ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel) => new(new PageData { ["site_name"] = "Contract & Sons" });

    public async ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        switch (request.Method)
        {
            case "ok": return ApiResult.Ok(Values());
            case "created": return ApiResult.Ok("made", 201, new Dictionary<string, string> { ["X-Contract"] = "made" });
            case "refused": return ApiResult.Fail(404, "thing_unknown", "There is no such thing.", "/things", new Dictionary<string, string> { ["X-Contract"] = "refused" });
            case "throws": throw new InvalidOperationException("thrown on purpose");
            case "echo": return ApiResult.Ok($"{app} {request.Module} {request.HttpMethod} {Encoding.UTF8.GetString(request.Body.Span)}");
            case "purge":
                await inForce.Pages.PurgeAsync(["contract"], cancel);
                return ApiResult.Ok("purged");
            case "log":
                inForce.Log.Warning("a line\nand another");
                return ApiResult.Ok("logged");
            default: return null;
        }
    }

    public ValueTask<MiddlewareResult?> InvokeAsync(RequestParameter request, CancellationToken cancel) => new(request.UrlPath switch
    {
        "/blocked" => MiddlewareResult.Answer(451, "not here", headers: new Dictionary<string, string> { ["X-Contract"] = "blocked" }),
        "/moved" => MiddlewareResult.Redirect("/settings", 301, new Dictionary<string, string> { ["X-Contract"] = "moved" }),
        _ => MiddlewareResult.Continue(new Dictionary<string, string> { ["X-Middleware"] = "seen" }),
    });

    public ValueTask DisposeAsync()
    {
        inForce?.Log.Information("is disposed");
        return ValueTask.CompletedTask;
    }

    private static PageData Values() => new()
    {
        ["nothing"] = null,
        ["yes"] = true,
        ["no"] = false,
        ["zero"] = 0,
        ["minus"] = -7,
        ["largest"] = 9007199254740991,
        ["whole"] = 1.0,
        ["half"] = 1.5,
        ["third"] = 0.1 + 0.2,
        ["huge"] = 1e300,
        ["tiny"] = 1e-7,
        ["price"] = 1.10m,
        ["long_price"] = 12345678901234567890.123456789m,
        ["text"] = "a & b <i> \"c\" 'd' `e` =",
        ["letters"] = "äöü € 😀 \u2028\u0001\t\n",
        ["half_pair"] = "\ud83d!",
        ["empty"] = "",
        ["$cost"] = "a key with a $",
        ["no_items"] = Array.Empty<object>(),
        ["no_keys"] = new Dictionary<string, object?>(),
        ["items"] = new object?[] { 1, 2.5, "three", null, true, new object[] { "deep", new Dictionary<string, object?> { ["$k"] = 1.0 } } },
        ["map"] = new Dictionary<string, object?> { ["b"] = 1, ["a"] = new Dictionary<string, object?> { ["price"] = 2.50m } },
    };

    private static void Times(TemplateBlock block)
    {
        var count = (long)block[0]!;
        if (count == 0 && block.HasElse) block.RenderElse(block.Context);
        for (var i = 0L; i < count; i++) block.Render(block.Context, new Dictionary<string, object?> { ["turn"] = i }, (i + 1).ToString(CultureInfo.InvariantCulture), new Html("<u>"));
    }
}
