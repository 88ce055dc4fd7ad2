using System.Reflection;
using System.Runtime.Loader;

namespace Platform.Host.Plugins;

/// <summary>
/// Loads one plugin and what lies beside it, collectible, from memory: no file stays locked. Platform.Sdk is always the
/// host's, whatever the plugin ships, or its classes would not be <see cref="Platform.Sdk.IPlugin"/>.
/// </summary>
public sealed class PluginLoadContext(string name, string assemblyPath) : AssemblyLoadContext(name, isCollectible: true)
{
    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    /// <summary>Loads the plugin's own assembly.</summary>
    public Assembly LoadPlugin() => LoadBytes(assemblyPath);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(Platform.Sdk.IPlugin).Assembly.GetName().Name) return null;
        return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadBytes(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private Assembly LoadBytes(string path)
    {
        using var assembly = new MemoryStream(File.ReadAllBytes(path));
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols)) return LoadFromStream(assembly);
        using var pdb = new MemoryStream(File.ReadAllBytes(symbols));
        return LoadFromStream(assembly, pdb);
    }
}
