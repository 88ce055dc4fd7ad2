using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;

namespace Platform.Host.Plugins;

/// <summary>
/// Loads one plugin and what lies beside it, collectible, from memory: no file stays locked. Platform.Sdk is always the
/// host's, whatever the plugin ships, or its classes would not be <see cref="Platform.Sdk.IPlugin"/>.
/// </summary>
public sealed class PluginLoadContext(string name, string assemblyPath) : AssemblyLoadContext(name, isCollectible: true)
{
    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    /// <summary>A hash of the plugin's own assembly as it was loaded, whatever has become of the file since.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Loads the plugin's own assembly.</summary>
    public Assembly LoadPlugin()
    {
        var bytes = File.ReadAllBytes(assemblyPath);
        Hash = Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 8));
        return Load(bytes, assemblyPath);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(Platform.Sdk.IPlugin).Assembly.GetName().Name) return null;
        return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? Load(File.ReadAllBytes(path), path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private Assembly Load(byte[] bytes, string path)
    {
        using var assembly = new MemoryStream(bytes);
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols)) return LoadFromStream(assembly);
        using var pdb = new MemoryStream(File.ReadAllBytes(symbols));
        return LoadFromStream(assembly, pdb);
    }
}
