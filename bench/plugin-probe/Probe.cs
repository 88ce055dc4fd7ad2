using Platform.Sdk;

namespace Platform.Bench;

/// <summary>
/// Pages by which a driver sees what became of a stored page: whose it is, which making of it, of which version. All of it stands in one
/// text, <c>shown</c>, so that a driver can compare whole bodies.
/// </summary>
public sealed class Probe : IPlugin
{
    // A driver makes other plugins and other versions of this one by writing other numbers into the assembly's bytes.
    private const string OwnName = "probe-00000000";
    private const string Stamp = "stamp-00000000";

    private readonly Makings makings = new();
    private HashSet<string>? only;
    private VersionFile? versions;
    private IPageCache? pages;
    private TimeSpan? life;
    private int delay;

    public string Name => OwnName;

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(config);
        pages = config.Pages;
        delay = (int)(config.Settings["delay_ms"] as long? ?? 0);
        life = config.Settings["ttl_ms"] is long and > 0 and var ms ? TimeSpan.FromMilliseconds(ms) : null;
        only = config.Settings["only"] is string { Length: > 0 } names ? [.. names.Split(' ')] : null;
        versions = config.Settings["versions"] is string { Length: > 0 } file ? new VersionFile(file) : null;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (only?.Contains(path) == false) return null;
        switch (path)
        {
            case "fixed": return Shown("fixed");
            case "stamp": return Shown($"{Stamp} {Page(request)}");
            case "tagged": return Shown($"{Stamp} {Page(request)}", "tagged");
            case "numbered": return Shown(Page(request));
            case "query": return Shown($"q {request.Query.GetValueOrDefault("q")}");
            case "user": return Shown($"user {request.User.Id}, site {request.Tenant}, {request.Theme}, page {Page(request)}");
            case "site": return Shown($"site {request.Tenant}, {request.Theme}, page {Page(request)}");
            case "language": return Shown(request.Headers.GetValueOrDefault("Accept-Language") ?? "none");
            case "headers": return Shown(string.Join(' ', request.Headers.Where(h => h.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase)).Select(h => $"{h.Key}={h.Value}").Order(StringComparer.Ordinal)));
            case "cookie": return Shown(request.Headers.GetValueOrDefault("Cookie") ?? "none");
            case "address": return Shown(request.ClientAddress);
            case "version": return Shown($"page {Page(request)} version {versions!.Of(int.Parse(Page(request), null))}", $"v{Page(request)}");
            case "made": return await MadeAsync(Page(request), cancel);
            default: return null;
        }
    }

    /// <summary><c>/api/probe/pages/made</c>: how often each was made since it was asked last; <c>pages/purge?tag=</c>; <c>memory/live</c>: bytes of the process's objects after a collection.</summary>
    public async ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (app != "probe") return null;
        switch (request.Module, request.Method)
        {
            case ("pages", "made"): return ApiResult.Ok(makings.Take());
            case ("pages", "purge"):
                await pages!.PurgeAsync([request.Query["tag"]], cancel);
                return ApiResult.Ok(true);
            case ("memory", "live"): return ApiResult.Ok(GC.GetTotalMemory(forceFullCollection: true));
            default: return null;
        }
    }

    private static string Page(RequestParameter request) => request.RouteValues.GetValueOrDefault("n") ?? "";

    private static PageData Shown(string text, params string[] tags) => new() { ["shown"] = text, Tags = tags };

    private async ValueTask<PageData?> MadeAsync(string page, CancellationToken cancel)
    {
        makings.Count(page);
        await Task.Delay(delay, cancel);
        var data = Shown($"page {page} made {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
        data.TimeToLive = life;
        return data;
    }
}
