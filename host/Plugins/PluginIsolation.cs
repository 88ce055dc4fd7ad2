namespace Platform.Host.Plugins;

/// <summary>Where a plugin's code runs.</summary>
public enum PluginIsolation
{
    /// <summary>In the server's process, in a load context of its own.</summary>
    SharedProcess,

    /// <summary>In a child process of the same executable.</summary>
    Process,

    /// <summary>In a process that a command starts, written in any language.</summary>
    Command,
}

/// <summary>What the isolations are named.</summary>
public static class PluginIsolations
{
    /// <summary>The name in config.yaml, /health and <c>platform plugin list</c>.</summary>
    public static string Name(this PluginIsolation isolation) => isolation switch
    {
        PluginIsolation.SharedProcess => "shared-process",
        PluginIsolation.Process => "process",
        _ => "command",
    };
}
