using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Answers what no page can be made of: data 100 levels deep, or with the setting <c>kind: type</c> a value that is not of the model.</summary>
public sealed class BadResult : IPlugin
{
    private Trigger? trigger;
    private bool isType;

    public string Name => "bad-result";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        (trigger, isType) = (new(config), config.Settings["kind"] as string == "type");
        return ValueTask.CompletedTask;
    }

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        if (!trigger!.IsPulledBy(path)) return default;
        if (isType) return new(new PageData { ["bad"] = new Uri("http://localhost/") });
        object deepest = "the bottom";
        for (var level = 0; level < 100; level++) deepest = new DataMap { ["below"] = deepest };
        return new(new PageData { ["bad"] = deepest });
    }
}
