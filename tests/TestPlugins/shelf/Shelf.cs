using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>
/// Shows a file of its folder, or all of a folder: what its setting <c>shows</c> says, else <c>content/HANDLER.md</c>. Names it as what the page
/// was made from, in the words of its setting <c>names</c>. Has nothing to say where it is missing.
/// </summary>
public sealed class Shelf : IPlugin
{
    private PluginConfig config = null!;
    private int answers;

    public string Name => "shelf";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        this.config = config;
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        var shown = config.Settings["shows"] as string ?? $"content/{path}.md";
        var place = Path.Combine(config.Folder, shown);
        string[] files = Directory.Exists(place) ? [.. Directory.GetFiles(place).Order(StringComparer.Ordinal)] : File.Exists(place) ? [place] : [];
        if (files.Length == 0) return default;
        return new(new PageData
        {
            ["value"] = string.Join(", ", files.Select(File.ReadAllText)),
            ["made"] = Interlocked.Increment(ref answers),
            Files = [config.Settings["names"] as string ?? shown],
        });
    }
}
