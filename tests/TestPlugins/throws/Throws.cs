using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class Throws : IPlugin
{
    private Trigger? trigger;

    public string Name => "throws";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        trigger = new(config);
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        trigger!.IsPulledBy(path) ? throw new InvalidOperationException("thrown on purpose\nwith a second line") : default;
}
