using Platform.Host.Configuration;
using Platform.Host.Themes.Settings;

namespace Platform.Host.Themes.Files;

/// <summary>All template files below one folder, found by listing it: no name ever comes from a request.</summary>
internal sealed class TemplateFolder
{
    private const int MostFiles = 10_000;
    private const int MostLevels = 32;

    private readonly string siteRoot;
    private readonly string canonicalRoot;
    private readonly List<Problem> problems;

    private TemplateFolder(string siteRoot, string folder, List<Problem> problems)
    {
        this.siteRoot = siteRoot;
        canonicalRoot = CanonicalPath.Of(folder);
        this.problems = problems;
    }

    /// <summary>Path below the folder, <c>/</c>-separated and with its extension, to file; ordinal.</summary>
    public SortedDictionary<string, DiskFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The folders directly below <c>themes/</c>.</summary>
    public SortedSet<string> Themes { get; } = new(StringComparer.Ordinal);

    /// <summary>The full paths of the themes' own <c>theme.yaml</c>, by theme.</summary>
    public SortedDictionary<string, string> ThemeFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a folder; a missing one is an empty one.</summary>
    public static TemplateFolder Read(string siteRoot, string folder, List<Problem> problems)
    {
        var result = new TemplateFolder(siteRoot, folder, problems);
        if (Directory.Exists(folder)) result.Walk(new DirectoryInfo(folder), "", []);
        return result;
    }

    private void Walk(DirectoryInfo folder, string prefix, IReadOnlyList<string> above)
    {
        var canonical = CanonicalPath.Of(folder.FullName);
        if (above.Contains(canonical) || above.Count >= MostLevels)
        {
            problems.Add(new(Shown(folder), 0, 0, above.Count >= MostLevels ? $"folders are more than {MostLevels} deep. Move the templates up." : "the link leads to a folder above itself. Remove it."));
            return;
        }

        FileSystemInfo[] entries;
        try
        {
            entries = folder.GetFileSystemInfos();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (folder.Exists) problems.Add(new(Shown(folder), 0, 0, $"the folder can't be read: {failure.Message} Correct its permissions."));
            return;
        }

        foreach (var entry in entries.OrderBy(e => e.Name, StringComparer.Ordinal)) Take(entry, prefix + entry.Name, [.. above, canonical]);
    }

    private void Take(FileSystemInfo entry, string path, IReadOnlyList<string> above)
    {
        if (entry.Name[0] == '.' || !Stays(entry)) return;
        var isFolder = entry is DirectoryInfo || (entry.LinkTarget is not null && Directory.Exists(entry.FullName));
        var segments = path.Split('/');
        if (isFolder)
        {
            if (segments is ["themes", _]) Themes.Add(entry.Name);
            if (segments is not ["themes", _, "assets"]) Walk(new DirectoryInfo(entry.FullName), path + "/", above);
        }
        else if (segments is ["themes", var theme, ThemeSettings.File])
        {
            ThemeFiles[theme] = entry.FullName;
        }
        else if (path.EndsWith(".html", StringComparison.Ordinal) || path.EndsWith(".xml", StringComparison.Ordinal))
        {
            if (path.Any(c => c == '\\' || char.IsControl(c))) problems.Add(new(Shown(entry), 0, 0, "the name holds a backslash or a control character. Rename the file."));
            else if (Files.Count >= MostFiles) problems.Add(new(Shown(entry), 0, 0, $"there are more than {MostFiles:N0} templates. Move some into another site."));
            else if (FileReader.Read(entry.FullName, Shown(entry)) is { } file) Files[path] = file;
        }
    }

    private bool Stays(FileSystemInfo entry)
    {
        if (entry.LinkTarget is null) return true;
        var target = CanonicalPath.Of(entry.FullName);
        var inside = target == canonicalRoot || target.StartsWith(canonicalRoot + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside) problems.Add(new(Shown(entry), 0, 0, "the link leads out of the templates folder and is not followed. Copy the file, or link inside of the folder."));
        return inside;
    }

    private string Shown(FileSystemInfo entry) => Path.GetRelativePath(siteRoot, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
