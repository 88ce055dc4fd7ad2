using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Platform.Host.Plugins;

namespace Platform.Host.Generations;

/// <summary>What a plugin's folder holds, as hashes; the same on every server with the same files.</summary>
/// <param name="Code">Of what the plugin is loaded from.</param>
/// <param name="All">Of all that it may read, but its templates and static files.</param>
/// <param name="Files">Of each file, those among them, by its path below the folder.</param>
public sealed record PluginFiles(string Code, string All, IReadOnlyDictionary<string, string> Files);

/// <summary>Looks into the plugins' folders: a changed content file drops the pages made of it. A file that is as it was is not read again.</summary>
public sealed class PluginContent
{
    private static readonly string[] CodeExtensions = [".dll", ".so", ".json", ".yaml"];

    private const long LargestRead = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, (long Size, long Time, string Hash)> known = new();

    /// <summary>What a plugin was loaded from and reads. Templates and static files count where a page names them; what it writes, sources and build leftovers never do.</summary>
    /// <param name="source">The plugin.</param>
    /// <param name="code">The hash of its assembly as it was loaded; null where the file's stands for it.</param>
    public PluginFiles Of(PluginSource source, string? code)
    {
        // Gone together with all plugins, which is no wish to remove them: what it was started from stands for its files.
        if (!source.IsBare && !Directory.Exists(source.Folder)) return new(code ?? source.Fingerprint, source.Fingerprint, new Dictionary<string, string>());
        var all = source.IsBare ? [source.AssemblyPath] : PluginTree.Files(source.Folder);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var home = Path.GetDirectoryName(source.AssemblyPath);
        var own = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in all)
        {
            var name = Path.GetRelativePath(source.Folder, file).Replace('\\', '/');
            if (Path.GetExtension(name) is ".cs" or ".csproj" or ".pdb") continue;
            var hash = file == source.AssemblyPath ? code ?? HashOf(file) : HashOf(file);
            files[name] = hash;
            if (source.IsCommand || (Path.GetDirectoryName(file) == home && CodeExtensions.Contains(Path.GetExtension(name)))) own[name] = hash;
        }

        return new(Join(source.Name, own), Join(source.Name, files.Where(file => file.Key.Split('/')[0] is not ("templates" or "wwwroot"))), files);
    }

    private static string Join(string name, IEnumerable<KeyValuePair<string, string>> files) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => $"{file.Key} {file.Value}").Prepend(name)))).AsSpan(0, 8));

    private string HashOf(string file)
    {
        try
        {
            var info = new FileInfo(file);
            if (known.TryGetValue(file, out var entry) && entry.Size == info.Length && entry.Time == info.LastWriteTimeUtc.Ticks) return entry.Hash;
            // Of a film its time is enough: servers that were given it at different times make its pages twice.
            if (info.Length > LargestRead) return $"{info.Length:x} {info.LastWriteTimeUtc.Ticks:x}";
            using var stream = info.OpenRead();
            var hash = Convert.ToHexString(SHA256.HashData(stream).AsSpan(0, 8));
            known[file] = (info.Length, info.LastWriteTimeUtc.Ticks, hash);
            return hash;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }
}
