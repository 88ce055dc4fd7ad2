using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>
/// Data for every page, and none for a single one: its setting <c>name</c>, and the notice that hangs there. One answer can be held
/// between its reading and its end.
/// </summary>
public sealed class Noticeboard : IPlugin
{
    private PluginConfig inForce = null!;
    private TaskCompletionSource? hold;
    private TaskCompletionSource? held;
    private volatile string notice = "old";

    public string Name => "noticeboard";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        inForce = config;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel)
    {
        var read = notice;
        if (Interlocked.Exchange(ref hold, null) is { } own)
        {
            held = own;
            inForce.Log.Information($"is held with {read}");
            await own.Task.WaitAsync(cancel);
        }

        return new PageData { ["site_name"] = inForce.Settings["name"], ["shared"] = read, Files = inForce.Settings["file"] is string file ? [file] : null };
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => default;

    public async ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        switch (request.Method)
        {
            case "hold": hold = new(TaskCreationOptions.RunContinuationsAsynchronously); break;
            case "release": held!.SetResult(); break;
            case "post": notice = "new"; break;
            case "purge": await inForce.Pages.PurgeAsync(["news"], cancel); break;
            default: return null;
        }

        return ApiResult.Ok(request.Method);
    }
}
