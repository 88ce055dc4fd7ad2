using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Brings one helper, of the name that its setting <c>helper</c> says.</summary>
public sealed class NamedHelper : IPlugin, ITemplateHelpers
{
    private string helper = "";

    public string Name => "named-helper";

    public IReadOnlyList<TemplateHelper> Helpers => [TemplateHelper.Value(helper, _ => "named-helper's")];

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        helper = (string)config.Settings["helper"]!;
        return ValueTask.CompletedTask;
    }
}
