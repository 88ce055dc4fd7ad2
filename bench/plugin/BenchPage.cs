using System.Text.Json;
using Platform.Sdk;

namespace Platform.Bench;

/// <summary>The data of the measured page: model.json beside the assembly, read once; or, of the same page, data that are others in each call.</summary>
public sealed class BenchPage : IPlugin
{
    private DataMap model = [];
    private long calls;

    public string Name => "bench-page";

    public async ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(config);
        await using var file = File.OpenRead(Path.Combine(config.Folder, "model.json"));
        using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancel);
        model = Map(document.RootElement);
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        new(path switch
        {
            "page" => new PageData(model),
            "changing" => new PageData((DataMap)Changed(model, Interlocked.Increment(ref calls))!),
            _ => null,
        });

    /// <summary><c>/api/bench-page/memory/allocated</c>: bytes that the server's process has allocated since its start.</summary>
    public ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel) =>
        new(app == Name && request is { Module: "memory", Method: "allocated" } ? ApiResult.Ok(GC.GetTotalAllocatedBytes(precise: true)) : null);

    /// <summary>The same with one key more in every map, which no template prints.</summary>
    private static object? Changed(object? value, long serial) => value switch
    {
        DataMap map => new DataMap(map.Select(entry => KeyValuePair.Create(entry.Key, Changed(entry.Value, serial))).Append(KeyValuePair.Create("serial", (object?)serial))),
        DataList list => new DataList(list.Select(item => Changed(item, serial))),
        _ => value,
    };

    private static DataMap Map(JsonElement json) => new(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Value(p.Value))));

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Map(json),
        JsonValueKind.Array => new DataList(json.EnumerateArray().Select(Value)),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
