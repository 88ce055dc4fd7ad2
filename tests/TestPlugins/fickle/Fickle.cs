using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Fails while a file of that name lies in its folder <c>data</c>: <c>init</c>, <c>global</c>, <c>page</c>, <c>api</c>.</summary>
public sealed class Fickle : IPlugin
{
    private string folder = "";
    private int answers;

    public string Name => "fickle";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        folder = Path.Combine(config.Folder, "data");
        FailWhere("init");
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel)
    {
        FailWhere("global");
        return new(new PageData { ["hello"] = "fickle says hello" });
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        FailWhere("page");
        return path switch
        {
            "plain" => new(new PageData { ["value"] = $"of {request.Query.GetValueOrDefault("q")}", ["made"] = Interlocked.Increment(ref answers) }),
            "large" => new(new PageData { ["value"] = new string('x', 3000) }),
            "many" => new(new PageData { ["value"] = new DataList(Enumerable.Range(0, 60)) }),
            "tagged" => new(new PageData { ["value"] = "x", Tags = [.. Enumerable.Range(0, 1001).Select(n => $"{n}")] }),
            "deep" => new(new PageData { ["value"] = new DataMap { ["a"] = new DataMap { ["b"] = new DataMap() } } }),
            _ => default,
        };
    }

    public ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        FailWhere("api");
        return default;
    }

    private void FailWhere(string place)
    {
        if (File.Exists(Path.Combine(folder, place))) throw new InvalidOperationException($"fickle fails at {place}");
    }
}
