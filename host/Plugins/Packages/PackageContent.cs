using System.Diagnostics;
using Platform.Host.Configuration;

namespace Platform.Host.Plugins.Packages;

/// <summary>What of a plugin's folder belongs into its package: the build's output and what the plugin reads; not what it was made of.</summary>
public sealed class PackageContent
{
    private static readonly HashSet<string> Sources = new(StringComparer.OrdinalIgnoreCase) { ".cs", ".fs", ".vb", ".csproj", ".fsproj", ".vbproj", ".props", ".targets", ".sln", ".slnx", ".user", ".nupkg" };

    private PackageContent(string name, string version, SortedDictionary<string, string> files) => (Name, Version, Files) = (name, version, files);

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>Its version: that of plugin.yaml, else of its assembly.</summary>
    public string Version { get; }

    /// <summary>The files on disk, by path from the folder of the installed plugin.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Looks at a folder.</summary>
    /// <exception cref="PackageException">It is no plugin's folder, or not built.</exception>
    public static PackageContent Of(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(folder)) throw new PackageException($"{folder}: no such folder; expected that of a plugin.");
        var manifest = ReadManifest(folder);
        var name = manifest.Name ?? throw new PackageException($"{folder}/plugin.yaml: name: missing; expected the plugin's name. Write \"name: {Path.GetFileName(folder)}\".");
        if (!PackageName.IsPossible(name, out var complaint)) throw new PackageException($"{folder}/plugin.yaml: name: {complaint}");

        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var output = Array.Find([folder, Path.Combine(folder, "bin")], place => File.Exists(Path.Combine(place, name + ".dll")))
            ?? (manifest.Command.Count > 0 ? null : throw new PackageException($"{folder}: no assembly {name}.dll in it or in its bin/; expected the build's output. Run \"dotnet build\" there first, and look whether name in plugin.yaml is the assembly's."));
        // Beside the assembly only what it is built of may be outdated, so what lies in the folder itself counts.
        if (output is not null && output != folder) Add(files, output, output, "ref");
        Add(files, folder, folder, output is null ? "" : "bin");
        foreach (var file in files.Keys.Where(path => PackagePath.Problem($"{name}/{path}") is not null).Take(1)) throw new PackageException($"{folder}: {PackagePath.Problem($"{name}/{file}")}");
        return new(name, VersionOf(manifest, folder, output is null ? null : Path.Combine(output, name + ".dll")), files);
    }

    private static PluginManifest ReadManifest(string folder)
    {
        var file = Path.Combine(folder, "plugin.yaml");
        if (!File.Exists(file)) throw new PackageException($"{folder}: no plugin.yaml; expected one that says at least \"name: …\".");
        var problems = new List<Problem>();
        return PluginManifest.Read(file, file, problems) ?? throw new PackageException(string.Join("\nplatform: ", problems));
    }

    private static string VersionOf(PluginManifest manifest, string folder, string? assembly)
    {
        // Read from the file: no code of the plugin runs.
        var version = manifest.Version ?? (assembly is null ? null : FileVersionInfo.GetVersionInfo(assembly).ProductVersion?.Split('+')[0]) ?? "";
        return version.Length is > 0 and <= 64 && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+') ? version
            : throw new PackageException($"{folder}: its version is \"{version.ReplaceLineEndings(" ")}\"; expected 1 to 64 letters, digits, '.', '-' or '+'. Write \"version: 1.0.0\" into plugin.yaml, or give the assembly one.");
    }

    private static void Add(SortedDictionary<string, string> files, string root, string folder, string leftOut)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var isTop = folder == root;
            if (entry.Name.StartsWith('.') || entry.LinkTarget is not null) continue;
            if (entry is DirectoryInfo)
            {
                if (isTop && (entry.Name is "obj" or "data" || entry.Name == leftOut || PackageName.IsTests(entry.Name))) continue;
                Add(files, root, entry.FullName, leftOut);
            }
            else if (!Sources.Contains(entry.Extension) && !(isTop && IsNoise(entry.Name)))
            {
                files[Path.GetRelativePath(root, entry.FullName).Replace('\\', '/')] = entry.FullName;
            }
        }
    }

    /// <summary>The SDK is the server's; and an archive made earlier in the same place is none of the plugin's files.</summary>
    private static bool IsNoise(string name) => Path.GetFileNameWithoutExtension(name) == "Platform.Sdk" || name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
