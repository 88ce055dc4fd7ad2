using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Answers late, 30 s or the setting <c>ms</c>, and never looks at its token.</summary>
public sealed class Sleeps : IPlugin
{
    private Trigger? trigger;
    private int milliseconds;

    public string Name => "sleeps";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        (trigger, milliseconds) = (new(config), (int)(config.Settings["ms"] as long? ?? 30_000));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        if (!trigger!.IsPulledBy(path)) return null;
        await Task.Delay(milliseconds, CancellationToken.None);
        return new PageData { ["sleeps"] = "awake" };
    }
}
