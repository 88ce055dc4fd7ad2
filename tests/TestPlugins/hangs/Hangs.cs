using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Blocks its thread for ever.</summary>
public sealed class Hangs : IPlugin
{
    private Trigger? trigger;

    public string Name => "hangs";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        trigger = new(config);
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        if (trigger!.IsPulledBy(path)) Thread.Sleep(Timeout.Infinite);
        return default;
    }
}
