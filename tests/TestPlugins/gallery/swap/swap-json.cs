using System.Text.Json;

/// <summary>Serializes types of its own with System.Text.Json.</summary>
public sealed class SwapJson : IPlugin
{
    /// <summary>Replaced in the assembly's bytes, so that every copy is a version of its own.</summary>
    private const string Version = "version-00000000";

    public string Name => "swap";

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        var text = JsonSerializer.Serialize(new Own(Version, [new("a", 1), new("b", 2)]));
        return new(new PageData { ["swap"] = JsonSerializer.Deserialize<Own>(text)!.Version });
    }

    public sealed record Own(string Version, List<Part> Parts);

    public sealed record Part(string Name, int Count);
}
