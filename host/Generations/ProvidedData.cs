using Platform.Host.Plugins;
using Platform.Templating.Analysis;

namespace Platform.Host.Generations;

/// <summary>The data that pages can have: what the server gives, and what the plugins say they provide.</summary>
public static class ProvidedData
{
    private static readonly string[] Own =
    [
        "theme", "path", "query", "route", "user.id", "user.name", "user.permissions", "user.anonymous", "version", "timestamp", "request_id",
        "contextData", "globalData", "pluginData",
        // The page before the pages, and error pages.
        "return_url", "status", "detail",
    ];

    /// <summary>All keys; they are complete where every plugin that gives data says which.</summary>
    public static DataKeys Of(PluginSet plugins)
    {
        var givers = plugins.Assemblies.Where(assembly => assembly.Plugins.Any(plugin => plugin.Facts.PageData || plugin.Facts.GlobalData)).ToList();
        return new([.. Own, .. givers.SelectMany(giver => giver.Manifest.Provides.Data ?? [])], givers.Count > 0 && givers.TrueForAll(giver => giver.Manifest.Provides.Data is not null));
    }
}
