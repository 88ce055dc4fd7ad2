using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>When a plugin misbehaves: always, or only for the handler that its setting <c>on</c> names.</summary>
internal sealed class Trigger(PluginConfig config)
{
    private readonly string? on = config.Settings["on"] as string;

    internal bool IsPulledBy(string path) => on is null || on == path;
}
