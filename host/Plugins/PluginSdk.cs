using System.Reflection;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>The Platform.Sdk of this server.</summary>
public static class PluginSdk
{
    /// <summary>Its version, as plugin.yaml's <c>sdk</c> is held against it.</summary>
    public static string Version { get; } = typeof(IPlugin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static AssemblyName Own { get; } = typeof(IPlugin).Assembly.GetName();

    /// <summary>Refuses an assembly that was built against another major version: its contract is another.</summary>
    /// <exception cref="PluginStartException">It was.</exception>
    public static void Check(Assembly plugin)
    {
        if (Array.Find(plugin.GetReferencedAssemblies(), name => name.Name == Own.Name)?.Version is { } built && built.Major != Own.Version!.Major)
            throw new PluginStartException($"was built against Platform.Sdk {built.Major}.{built.Minor}; this server has {Version}. Build it against {Own.Version.Major}.x.");
    }
}
