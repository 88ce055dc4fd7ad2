using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Generations;

/// <summary>A hash over what a plugin's folder holds: a changed content file drops the pages made of it. The same on every server with the same files.</summary>
public sealed class PluginContent
{
    private readonly ConcurrentDictionary<string, (long Size, long Time, string Hash)> known = new();

    /// <summary>The hash of what a plugin was loaded from and reads; sources and build leftovers don't count.</summary>
    /// <param name="source">The plugin.</param>
    /// <param name="code">The hash of its assembly as it was loaded; null where the file's stands for it.</param>
    public string HashOf(PluginSource source, string? code)
    {
        var files = source.IsBare ? [source.AssemblyPath] : Directory.EnumerateFiles(source.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint });
        var text = new StringBuilder(source.Name);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(source.Folder, file).Replace('\\', '/');
            if (name.StartsWith("obj/", StringComparison.Ordinal) || name.StartsWith("data/", StringComparison.Ordinal) || PackageName.IsTests(name.Split('/')[0]) || Path.GetExtension(name) is ".cs" or ".csproj" or ".pdb") continue;
            text.Append('\n').Append(name).Append(' ').Append(file == source.AssemblyPath ? code ?? HashOf(file) : HashOf(file));
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private string HashOf(string file)
    {
        try
        {
            var info = new FileInfo(file);
            if (known.TryGetValue(file, out var entry) && entry.Size == info.Length && entry.Time == info.LastWriteTimeUtc.Ticks) return entry.Hash;
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
