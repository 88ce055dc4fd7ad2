using Platform.Host.Configuration;
using Platform.Host.Plugins;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Host.Generations;

/// <summary>What the files of a site look like at one moment, by name, size and time; cheap to take, equal where nothing has changed. What is no part of a plugin (<see cref="PluginTree"/>) is left out: what it writes while serving is no change of the site, nor are its tests.</summary>
public sealed class SiteState : IEquatable<SiteState>
{
    private readonly byte[] digest;

    private SiteState(byte[] digest) => this.digest = digest;

    /// <summary>Looks at all files that the site is made of.</summary>
    public static SiteState Take(SiteFolder site)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in new[] { site.ConfigFile, site.RoutesFile }) Append(hash, file, new FileInfo(file));
        Append(hash, site.WwwRoot);
        Append(hash, site.Plugins, ofPlugins: true);
        // A plugin or theme that is a link to a folder elsewhere is looked into; links deeper down are not followed.
        foreach (var folder in Links(Path.Combine(site.Templates, "themes"))) Append(hash, folder);
        foreach (var folder in Links(site.Plugins)) Append(hash, folder, ofPlugin: true);
        return new(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public bool Equals(SiteState? other) => other is not null && digest.AsSpan().SequenceEqual(other.digest);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiteState);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(digest);

    private static void Append(IncrementalHash hash, string folder, bool ofPlugins = false, bool ofPlugin = false)
    {
        if (!Directory.Exists(folder)) return;
        var entries = new List<(string Path, long Size, long Time)>();
        var files = new FileSystemEnumerable<(string, long, long)>(
            folder,
            (ref FileSystemEntry entry) => Look(ref entry),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true, MaxRecursionDepth = 32 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry) && !(ofPlugins || ofPlugin ? IsLeftOut(ref entry, ofPlugins) : entry.FileName is "obj" or "node_modules" || entry.FileName.StartsWith(".")),
        };
        entries.AddRange(files);
        entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        foreach (var (path, size, time) in entries) hash.AppendData(Encoding.UTF8.GetBytes($"{path}|{size}|{time}\n"));
    }

    private static bool IsLeftOut(ref FileSystemEntry entry, bool ofPlugins) =>
        PluginTree.IsOfOthers(entry.FileName) || (entry.FileName is PluginTree.Data && entry.RootDirectory.SequenceEqual(ofPlugins ? Path.GetDirectoryName(entry.Directory) : entry.Directory));

    private static (string Path, long Size, long Time) Look(ref FileSystemEntry entry)
    {
        var path = entry.ToFullPath();
        if (!IsLink(ref entry)) return (path, entry.Length, entry.LastWriteTimeUtc.Ticks);
        // Of a link, where it leads counts: a swap of links gives no event and changes no time.
        var (target, size, time) = Follow(new FileInfo(path));
        return ($"{path}>{target}", size, time);
    }

    private static IEnumerable<string> Links(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. new DirectoryInfo(folder).EnumerateDirectories().Where(d => d.LinkTarget is not null).Select(d => d.FullName).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static (string Path, long Size, long Time) Follow(FileInfo file)
    {
        try
        {
            var real = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return (real.FullName, real is FileInfo { Exists: true } found ? found.Length : -1, real.Exists ? real.LastWriteTimeUtc.Ticks : 0);
        }
        catch (IOException)
        {
            // A link that leads back to itself.
            return (file.FullName, -1, 0);
        }
    }

    private static void Append(IncrementalHash hash, string name, FileInfo file)
    {
        var (path, size, time) = Follow(file);
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}|{path}|{size}|{time}\n"));
    }
}
