using System.Buffers;
using System.IO.Enumeration;
using Platform.Host.Configuration;
using Platform.Host.Themes.Settings;

namespace Platform.Host.Themes.Files;

/// <summary>All template files below one folder, found by listing it: no name ever comes from a request.</summary>
internal sealed class TemplateFolder
{
    private const int MostFiles = 10_000;
    private const int MostLevels = 32;

    private static readonly SearchValues<char> Refused = SearchValues.Create(['\\', .. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(char.IsControl)]);

    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly string siteRoot;
    private readonly string canonicalRoot;
    private readonly List<Problem> problems;

    private TemplateFolder(string siteRoot, string folder, List<Problem> problems)
    {
        this.siteRoot = siteRoot;
        canonicalRoot = CanonicalPath.Of(folder);
        this.problems = problems;
    }

    /// <summary>Path below the folder, <c>/</c>-separated and with its extension, to file; folder by folder, in ordinal order.</summary>
    public Dictionary<string, DiskFile> Files { get; } = new(StringComparer.Ordinal);

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
            problems.Add(new(Shown(folder.FullName), 0, 0, above.Count >= MostLevels ? $"folders are more than {MostLevels} deep. Move the templates up." : "the link leads to a folder above itself. Remove it."));
            return;
        }

        List<Entry> entries;
        try
        {
            entries = [.. new FileSystemEnumerable<Entry>(folder.FullName, static (ref entry) => new(entry.FileName.ToString(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0), All)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (folder.Exists) problems.Add(new(Shown(folder.FullName), 0, 0, $"the folder can't be read: {failure.Message} Correct its permissions."));
            return;
        }

        entries.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        IReadOnlyList<string> here = [.. above, canonical];
        foreach (var entry in entries) Take(entry, $"{folder.FullName}{Path.DirectorySeparatorChar}{entry.Name}", prefix + entry.Name, here);
    }

    private void Take(Entry entry, string full, string path, IReadOnlyList<string> above)
    {
        if (entry.Name[0] == '.' || (entry.IsLink && !Stays(full))) return;
        if (entry.IsFolder)
        {
            var segments = path.Split('/');
            if (segments is ["themes", _]) Themes.Add(entry.Name);
            if (segments is not ["themes", _, "assets"]) Walk(new DirectoryInfo(full), path + "/", above);
        }
        else if (entry.Name == ThemeSettings.File && path.Split('/') is ["themes", var theme, _])
        {
            ThemeFiles[theme] = full;
        }
        else if (path.EndsWith(".html", StringComparison.Ordinal) || path.EndsWith(".xml", StringComparison.Ordinal))
        {
            if (path.AsSpan().ContainsAny(Refused)) problems.Add(new(Shown(full), 0, 0, "the name holds a backslash or a control character. Rename the file."));
            else if (Files.Count >= MostFiles) problems.Add(new(Shown(full), 0, 0, $"there are more than {MostFiles:N0} templates. Move some into another site."));
            else if (FileReader.Read(full, Shown(full)) is { } file) Files[path] = file;
        }
    }

    private bool Stays(string path)
    {
        var target = CanonicalPath.Of(path);
        var inside = target == canonicalRoot || target.StartsWith(canonicalRoot + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside) problems.Add(new(Shown(path), 0, 0, "the link leads out of the templates folder and is not followed. Copy the file, or link inside of the folder."));
        return inside;
    }

    private string Shown(string path) => Path.GetRelativePath(siteRoot, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>What a folder has.</summary>
    /// <param name="Name">Its name there.</param>
    /// <param name="IsFolder">A folder, or a link to one.</param>
    /// <param name="IsLink">A link.</param>
    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink);
}
