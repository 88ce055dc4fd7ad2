using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;

namespace Platform.Host.Plugins;

/// <summary>
/// Loads one plugin and what lies beside it, collectible, from memory: no file stays locked. Platform.Sdk is always the
/// host's, whatever the plugin ships, or its classes would not be <see cref="Platform.Sdk.IPlugin"/>.
/// </summary>
public sealed class PluginLoadContext(PluginSource source) : AssemblyLoadContext(source.Name, isCollectible: true)
{
    private readonly PluginBinaries binaries = PluginBinaries.Read(source);
    private AssemblyDependencyResolver? resolver;
    private readonly Lock one = new();
    private readonly ConcurrentDictionary<string, Lazy<nint>> libraries = new(StringComparer.Ordinal);

    private byte[] own = [];

    /// <summary>A hash of the plugin's own assembly as it was loaded, whatever has become of the file since; once. In a plugin's process nobody asks.</summary>
    public string TakeHash()
    {
        var bytes = own;
        own = [];
        return Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 8));
    }

    /// <summary>Loads the plugin's own assembly.</summary>
    public Assembly LoadPlugin() => Read(source.AssemblyPath) ?? throw new PluginStartException("its assembly has gone. Copy it again.");

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(Platform.Sdk.IPlugin).Assembly.GetName().Name) return null;
        return Resolver?.ResolveAssemblyToPath(assemblyName) is { } path ? LoadOnce(assemblyName, path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        Resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? libraries.GetOrAdd(path, key => new(() => binaries.Load(key, LoadUnmanagedDllFromPath))).Value : 0;

    /// <summary>Null for an assembly that stands alone: the runtime reads all it knows of frameworks anew for one, and a plugin's process is waited for.</summary>
    private AssemblyDependencyResolver? Resolver => binaries.HasOthers ? resolver ??= new(source.AssemblyPath) : null;

    /// <summary>Two threads may ask for one at the same time. An assembly that this object held would keep its own load context.</summary>
    private Assembly? LoadOnce(AssemblyName name, string path)
    {
        lock (one) return Read(path) ?? Assemblies.FirstOrDefault(loaded => loaded.GetName() is var own && own.Name == name.Name && own.CultureName == name.CultureName);
    }

    private Assembly? Read(string path)
    {
        if (binaries.Take(path) is not { } bytes) return null;
        if (path == source.AssemblyPath) own = bytes;
        using var assembly = new MemoryStream(bytes);
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols)) return LoadFromStream(assembly);
        using var pdb = new MemoryStream(File.ReadAllBytes(symbols));
        return LoadFromStream(assembly, pdb);
    }
}
