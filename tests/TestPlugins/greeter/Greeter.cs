using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class Greeter : IPlugin
{
    public string Name => "greeter";

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => new(path switch
    {
        "by_property" => new PageData { Template = "named" },
        "by_key" => new PageData { ["_template_name"] = "named" },
        "/only/the/plugin/knows" => new PageData { ["greeting"] = "found by the plugin", Template = "named" },
        "misspelled" => new PageData { Template = "naned" },
        _ => new PageData { ["shared"] = "greeter's data_for", ["greeting"] = "greeter's data_for" },
    });

    public ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel) => new(new PageData
    {
        ["greeting"] = "greeter's global_data",
        ["only_global"] = "greeter's global_data",
        ["version"] = "greeter's global_data",
    });
}
