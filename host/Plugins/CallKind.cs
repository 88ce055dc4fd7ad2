namespace Platform.Host.Plugins;

/// <summary>The kinds of call a plugin gets while requests wait for it.</summary>
public enum CallKind
{
    /// <summary>A page's data.</summary>
    PageData,

    /// <summary>Data for every page.</summary>
    GlobalData,

    /// <summary>An API call.</summary>
    Api,

    /// <summary>Its place in the chain.</summary>
    Middleware,
}

/// <summary>What the kinds of call are named.</summary>
public static class CallKinds
{
    /// <summary>The name in the log and in <c>deadlines</c> of config.yaml.</summary>
    public static string Name(this CallKind kind) => kind switch
    {
        CallKind.PageData => "data_for",
        CallKind.GlobalData => "global_data",
        CallKind.Api => "api_dispatch",
        _ => "middleware",
    };
}
