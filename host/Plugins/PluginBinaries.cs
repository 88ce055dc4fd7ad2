using System.Collections.Concurrent;

namespace Platform.Host.Plugins;

/// <summary>
/// A plugin's assemblies and native libraries as they lay on disk when it was loaded. What it needs only later is of the same version
/// then, whatever has been copied over its files meanwhile.
/// </summary>
public sealed class PluginBinaries
{
    private readonly ConcurrentDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly PluginSource source;

    private PluginBinaries(PluginSource source) => this.source = source;

    /// <summary>True where there is more than the plugin's own assembly.</summary>
    public bool HasOthers { get; private init; }

    /// <summary>Reads them all.</summary>
    /// <exception cref="PluginStartException">They were written to meanwhile.</exception>
    public static PluginBinaries Read(PluginSource source)
    {
        var home = Path.GetDirectoryName(source.AssemblyPath)!;
        List<string> all = [.. source.IsBare ? Directory.EnumerateFiles(home).Where(IsCode) : In(home)];
        var read = new PluginBinaries(source) { HasOthers = all.Exists(file => file != source.AssemblyPath) };
        foreach (var file in source.IsBare ? [source.AssemblyPath] : all) read.files[file] = File.ReadAllBytes(file);
        if (source.Fingerprint.Length > 0 && PluginFolder.FingerprintOf(source) != source.Fingerprint) throw new PluginStartException("its files were written to while they were read. It is read again once nobody writes.");
        return read;
    }

    /// <summary>The files below a folder that code can be loaded from.</summary>
    public static IEnumerable<string> In(string folder) => PluginTree.Files(folder).Where(IsCode);

    /// <summary>Hands a file over, once; null where there was none. A bare assembly's neighbours are no part of it, and are read as they are now.</summary>
    public byte[]? Take(string path) => files.TryRemove(path, out var bytes) ? bytes : source.IsBare && File.Exists(path) ? File.ReadAllBytes(path) : null;

    /// <summary>Loads a native library, with those beside it in reach. From copies, for what is written over a mapped file would crash the process.</summary>
    /// <returns>Its handle; 0 where there was none.</returns>
    public nint Load(string path, Func<string, nint> load)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!files.ContainsKey(path)) return source.IsBare ? load(path) : 0;
        var copies = Directory.CreateTempSubdirectory("platform-");
        try
        {
            foreach (var (file, bytes) in files.Where(file => IsNative(file.Key) && Path.GetDirectoryName(file.Key) == folder)) File.WriteAllBytes(Path.Combine(copies.FullName, Path.GetFileName(file)), bytes);
            return load(Path.Combine(copies.FullName, Path.GetFileName(path)));
        }
        finally
        {
            // Mapped ones stay with the process until it ends.
            Delete(copies);
        }
    }

    private static bool IsCode(string file) => Path.GetExtension(file) == ".dll" || IsNative(file);

    private static bool IsNative(string file) => Path.GetExtension(file) is ".so" or ".dylib" || Path.GetFileName(file).Contains(".so.", StringComparison.Ordinal);

    private static void Delete(DirectoryInfo copies)
    {
        try
        {
            copies.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Where a system keeps files that are in use, the next start of the machine tidies up.
        }
    }
}
