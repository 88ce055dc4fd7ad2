using System.IO.Compression;

namespace Platform.Host.Plugins.Packages;

/// <summary>Makes a package: one archive with one folder of the plugin's name. The same files give the same bytes, whenever and wherever it is made.</summary>
public static class PackageWriter
{
    // The earliest that an archive can say.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes it.</summary>
    /// <param name="folder">The plugin's folder, built.</param>
    /// <param name="output">The archive; null: <c>NAME-VERSION.zip</c> in the current folder.</param>
    /// <exception cref="PackageException">The folder can't be packed; nothing is written.</exception>
    public static (string File, string Name, string Version, int Count, long Bytes) Write(string folder, string? output)
    {
        var content = PackageContent.Of(folder);
        if (content.Files.Count > PackageLimits.Entries) throw new PackageException($"{folder}: {content.Files.Count} files; expected at most {PackageLimits.Entries:N0}. Bundle them.");
        if (content.Files.Values.Sum(file => new FileInfo(file).Length) > PackageLimits.Bytes) throw new PackageException($"{folder}: more than {PackageLimits.Bytes >> 20} MB; expected less. Move what is large out of the plugin's folder.");
        var file = Path.GetFullPath(output ?? $"{content.Name}-{content.Version}.zip");
        // An archive that is half written never bears the name.
        var beside = $"{file}.{Random.Shared.Next():x8}";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew))
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
            {
                foreach (var (path, source) in content.Files) Add(archive, $"{content.Name}/{path}", source);
            }

            File.Move(beside, file, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }

        return (file, content.Name, content.Version, content.Files.Count, new FileInfo(file).Length);
    }

    private static void Add(ZipArchive archive, string path, string source)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = Time;
        entry.ExternalAttributes = Convert.ToInt32("100644", 8) << 16;
        using var to = entry.Open();
        using var from = File.OpenRead(source);
        from.CopyTo(to);
    }
}
