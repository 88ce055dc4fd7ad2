using Platform.Host.Plugins;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>Merges what plugins say, in plugin order: the later wins, and that it did is said once.</summary>
public sealed class PluginMerge(PluginSet plugins, ILogger logger)
{
    /// <summary>The key by which a plugin may name the template.</summary>
    public const string TemplateKey = "_template_name";

    private Dictionary<string, string>? owners;
    private string? only;

    /// <summary>All keys.</summary>
    public DataMap Merged { get; private set; } = new();

    /// <summary>Adds a plugin's answer.</summary>
    public void Add(string plugin, PageData data)
    {
        var isFirst = only is null;
        if (isFirst) Merged = new(data.Count);
        if (!isFirst && owners is null)
        {
            owners = new(StringComparer.Ordinal);
            foreach (var key in Merged.Keys) owners[key] = only!;
        }

        only ??= plugin;
        foreach (var (key, value) in data)
        {
            if (key == TemplateKey) continue;
            if (owners is not null)
            {
                if (owners.TryGetValue(key, out var earlier) && plugins.IsNewCollision(key, earlier, plugin))
                    logger.LogWarning("the key {Key} is given by the plugins {Earlier} and {Later}; the later in plugin order wins", key, earlier, plugin);
                owners[key] = plugin;
            }

            Merged[key] = value;
        }
    }
}
