using System.Text;
using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Reads exactly one part of the request, named by the handler, and says how many answers it has given before.</summary>
public sealed class Reader : IPlugin
{
    private int answers;

    public string Name => "reader";

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        var data = path switch
        {
            "plain" => new PageData(),
            "query" => new PageData { ["value"] = string.Join('&', request.Query.Select(p => $"{p.Key}={p.Value}")) },
            "one" => new PageData { ["value"] = request.Query.GetValueOrDefault("name") },
            "language" => new PageData { ["value"] = request.Headers.GetValueOrDefault("Accept-Language") },
            "look" => new PageData { ["value"] = request.Cookies.GetValueOrDefault("look") },
            "user" => new PageData { ["value"] = request.User.IsAnonymous ? "nobody" : request.User.Name },
            "headers" => new PageData { ["value"] = request.Headers.Where(header => header.Key.Equals("x-test", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault() },
            "address" => new PageData { ["value"] = request.ClientAddress },
            "request_id" => new PageData { ["value"] = request.RequestId },
            "route" => new PageData { ["value"] = string.Join('&', request.RouteValues.Select(p => $"{p.Key}={p.Value}")) },
            "body" => new PageData { ["value"] = Encoding.UTF8.GetString(request.Body.Span) },
            "cookie_header" => new PageData { ["value"] = request.Headers.GetValueOrDefault("Cookie") },
            "slow" => new PageData { ["value"] = await SlowAsync(cancel) },
            "one_slow" => new PageData { ["value"] = request.Query.GetValueOrDefault("name") + await SlowAsync(cancel) },
            "set_cookie" => new PageData { Headers = new Dictionary<string, string> { ["Set-Cookie"] = "a=b" } },
            "private" => new PageData { Headers = new Dictionary<string, string> { ["Cache-Control"] = "private" } },
            "own_header" => new PageData { Headers = new Dictionary<string, string> { ["X-Own"] = "kept" } },
            "public" => new PageData { Headers = new Dictionary<string, string> { ["Cache-Control"] = "public, max-age=60" } },
            "gone" => new PageData { Status = 410 },
            "brief_slow" => new PageData { ["value"] = await SlowAsync(cancel), TimeToLive = TimeSpan.FromMilliseconds(300) },
            "short" => new PageData { TimeToLive = TimeSpan.FromMilliseconds(300) },
            "tagged" => new PageData { Tags = ["news"] },
            "/looked-up" => new PageData { Template = "page" },
            _ => null,
        };
        if (data is not null) data["made"] = Interlocked.Increment(ref answers);
        return data;
    }

    private static async Task<string> SlowAsync(CancellationToken cancel)
    {
        await Task.Delay(150, cancel);
        return "slow";
    }
}
