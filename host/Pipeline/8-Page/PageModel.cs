using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>What a template sees: context, <c>global_data</c> and <c>data_for</c> merged, the later wins, and each whole under its own name.</summary>
public static class PageModel
{
    /// <summary>The merged data alone.</summary>
    public static DataMap Merge(ContextData data, DataMap plugin)
    {
        // Room for the layers themselves too.
        var model = new DataMap(data.Context.Count + data.Global.Count + plugin.Count + 3);
        foreach (var layer in (ReadOnlySpan<DataMap>)[data.Context, data.Global, plugin])
        {
            foreach (var (key, value) in layer) model[key] = value;
        }

        return model;
    }

    /// <summary>The merged data with the layers beside them.</summary>
    public static DataMap ForTemplate(ContextData data, DataMap plugin)
    {
        var model = Merge(data, plugin);
        model["contextData"] = data.Context;
        model["globalData"] = data.Global;
        model["pluginData"] = plugin;
        return model;
    }
}
