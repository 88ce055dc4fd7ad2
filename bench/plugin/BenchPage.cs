using System.Text.Json;
using Platform.Sdk;

namespace Platform.Bench;

/// <summary>The data of the measured page: model.json beside the assembly, read once.</summary>
public sealed class BenchPage : IPlugin
{
    private DataMap model = [];

    public string Name => "bench-page";

    public async ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(config);
        await using var file = File.OpenRead(Path.Combine(config.Folder, "model.json"));
        using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancel);
        model = Map(document.RootElement);
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        new(path == "page" ? new PageData(model) : null);

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
