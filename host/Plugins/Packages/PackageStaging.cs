using System.IO.Compression;
using Platform.Host.Configuration;

namespace Platform.Host.Plugins.Packages;

/// <summary>A package written out beside the plugins, checked, and not yet one of them. Disposed, nothing of it stays but what was taken.</summary>
public sealed class PackageStaging : IDisposable
{
    /// <summary>How such folders begin; the server looks into no folder whose name begins with a dot.</summary>
    public const string Prefix = ".staging-";

    private readonly string place;

    private PackageStaging(string place, string name) => (this.place, Name) = (place, name);

    /// <summary>The plugin's name: that of the one folder in the package.</summary>
    public string Name { get; }

    /// <summary>The plugin's folder, ready to be moved away.</summary>
    public string Folder => Path.Combine(place, Name);

    /// <summary>Writes a package out.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="plugins">The folder of plugins.</param>
    /// <exception cref="PackageException">It is not taken; nothing of it stays.</exception>
    public static PackageStaging Open(string file, string plugins)
    {
        var place = Path.Combine(plugins, $"{Prefix}{Random.Shared.NextInt64():x16}");
        try
        {
            using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            var entries = ZipDirectory.Read(archive);
            var name = Check(entries);
            Directory.CreateDirectory(place);
            Write(archive, entries, place);
            CheckPlugin(Path.Combine(place, name), name);
            return new(place, name);
        }
        catch (Exception exception)
        {
            if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
            if (exception is PackageException) throw new PackageException($"{file}: {exception.Message}");
            if (exception is InvalidDataException or EndOfStreamException) throw new PackageException($"{file}: it is damaged: {exception.Message} Copy it again.");
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
    }

    /// <summary>Looks at all names together, before anything is written.</summary>
    /// <returns>The name of the one folder.</returns>
    private static string Check(List<ZipEntry> entries)
    {
        var (paths, folders) = (new Dictionary<string, ZipEntry>(StringComparer.OrdinalIgnoreCase), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        foreach (var entry in entries)
        {
            if (!paths.TryAdd(entry.Path, entry))
                throw new PackageException($"{PackagePath.Shown(entry.Path)}: {(paths[entry.Path].Path == entry.Path ? "there twice" : $"differs from {PackagePath.Shown(paths[entry.Path].Path)} by capitals only")}; expected each name once.");
            for (var above = Above(entry.IsFolder ? entry.Path + "/" : entry.Path); above.Length > 0; above = Above(above))
            {
                if (folders.TryAdd(above, above)) continue;
                if (folders[above] != above) throw new PackageException($"{PackagePath.Shown(above)}: differs from {PackagePath.Shown(folders[above])} by capitals only; expected each name once.");
            }
        }

        if (entries.Sum(entry => entry.Bytes) > PackageLimits.Bytes) throw ZipDirectory.TooLarge();
        if (entries.Find(entry => !entry.IsFolder && folders.ContainsKey(entry.Path)) is { } both) throw new PackageException($"{PackagePath.Shown(both.Path)}: a file and a folder; expected one of the two.");
        var tops = entries.Select(entry => entry.Path.Split('/')[0]).Distinct(StringComparer.Ordinal).Take(4).ToList();
        if (tops.Count > 1) throw new PackageException($"{string.Join(", ", tops.Select(PackagePath.Shown))} at its top; expected one folder, named like the plugin.");
        if (!folders.ContainsKey(tops[0])) throw new PackageException($"{PackagePath.Shown(tops[0])} is a file at its top; expected one folder, named like the plugin.");
        if (!PackageName.IsPossible(tops[0], out var complaint)) throw new PackageException($"its folder is named {complaint}");
        if (folders.ContainsKey($"{tops[0]}/data") || paths.ContainsKey($"{tops[0]}/data")) throw new PackageException($"\"{tops[0]}/data\": belongs to the plugin while it serves; expected no such folder in a package.");
        return tops[0];
    }

    private static string Above(string path) => path.LastIndexOf('/') is var cut and > 0 ? path[..cut] : "";

    private static void Write(FileStream archive, List<ZipEntry> entries, string place)
    {
        var (left, free) = (PackageLimits.Bytes, 0L);
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            // One content for many entries is how a small archive becomes a large folder.
            if (entry.Offset < free) throw ZipDirectory.Torn(entry.Path);
            var target = Path.Combine([place, .. entry.Path.Split('/')]);
            if (!target.StartsWith(place + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.GetFullPath(target) != target) throw new PackageException($"{PackagePath.Shown(entry.Path)}: leads out of the package; expected a path inside.");
            var begin = ZipDirectory.ContentOf(archive, entry);
            free = begin + entry.PackedBytes;
            Directory.CreateDirectory(entry.IsFolder ? target : Path.GetDirectoryName(target)!);
            if (!entry.IsFolder) left = Write(archive, entry, begin, target, left);
            if (PackageLimits.Bytes - left is var all and > PackageLimits.RatioFrom && all > archive.Length * PackageLimits.Ratio) throw new PackageException($"it holds more than {PackageLimits.Ratio} times its own size; expected files of a plugin.");
        }
    }

    /// <summary>Writes a file, and counts: what an archive says about sizes is not believed.</summary>
    private static long Write(FileStream archive, ZipEntry entry, long begin, string target, long left)
    {
        using Stream packed = new Section(archive, begin, entry.PackedBytes);
        using var content = entry.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
        // Not executable, whatever the archive says; what plugin.yaml starts becomes so below.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using var file = new FileStream(target, options);
        var (buffer, checksum, written) = (new byte[81_920], new Checksum(), 0L);
        for (int count; (count = content.Read(buffer)) > 0;)
        {
            written += count;
            if (written > left) throw ZipDirectory.TooLarge();
            if (written > PackageLimits.RatioFrom && written > entry.PackedBytes * PackageLimits.Ratio) throw new PackageException($"{PackagePath.Shown(entry.Path)}: more than {PackageLimits.Ratio} times the size of its compressed form; expected files of a plugin.");
            if (written > entry.Bytes) throw ZipDirectory.Torn(entry.Path);
            checksum.Add(buffer.AsSpan(0, count));
            file.Write(buffer, 0, count);
        }

        if (written != entry.Bytes || checksum.Value != entry.Checksum) throw ZipDirectory.Torn(entry.Path);
        return left - written;
    }

    private static void CheckPlugin(string folder, string name)
    {
        var manifest = new FileInfo(Path.Combine(folder, "plugin.yaml"));
        var problems = new List<Problem>();
        var read = manifest.Exists ? PluginManifest.Read(manifest.FullName, $"{name}/plugin.yaml", problems) : PluginManifest.Empty;
        if (read is null) throw new PackageException(string.Join(" ", problems));
        if (read.Name is { } said && said != name) throw new PackageException($"{name}/plugin.yaml: name: {said}; expected {name}, as its folder is named.");
        if (read.Command.Count == 0 && !File.Exists(Path.Combine(folder, name + ".dll")) && !File.Exists(Path.Combine(folder, "bin", name + ".dll"))) throw new PackageException($"no plugin in it; expected {name}/{name}.dll. Make it with \"platform pack\".");
        if (read.Command is [var command, ..] && !OperatingSystem.IsWindows() && Path.GetFullPath(command, folder) is var file && file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file))
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }
}
