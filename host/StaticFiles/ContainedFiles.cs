using Platform.Host.Configuration;

namespace Platform.Host.StaticFiles;

/// <summary>The files below a folder, none outside it: a link that leads out, or to a folder, is a problem, not a file.</summary>
public static class ContainedFiles
{
    /// <summary>Full path and path below the folder, with slashes; hidden ones are left out.</summary>
    /// <param name="folder">The folder; where it is itself a link, what it leads to counts as inside.</param>
    /// <param name="shown">How problems call the folder.</param>
    /// <param name="problems">Where problems go.</param>
    public static IReadOnlyList<(string Path, string Name)> Below(string folder, string shown, ICollection<Problem> problems)
    {
        var files = new List<(string, string)>();
        if (Real(folder) is { } root) Walk(new DirectoryInfo(root), root, "", shown, problems, files);
        return files;
    }

    private static void Walk(DirectoryInfo folder, string root, string prefix, string shown, ICollection<Problem> problems, List<(string, string)> files)
    {
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                if (entry.Name.StartsWith('.')) continue;
                var name = prefix + entry.Name;
                if (entry.LinkTarget is null)
                {
                    if (entry is DirectoryInfo below) Walk(below, root, name + "/", shown, problems, files);
                    else files.Add((entry.FullName, name));
                }
                else if (entry is FileInfo && Real(entry.FullName) is { } real && real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    files.Add((real, name));
                }
                else
                {
                    problems.Add(new($"{shown}/{name}", 0, 0, "a link to a folder, to nowhere, or out of its own folder; expected a file inside. It is not served: copy it here."));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new($"{shown}/{prefix}".TrimEnd('/'), 0, 0, $"can't be listed: {exception.Message}; expected a readable folder. What is in it is not served."));
        }
    }

    /// <summary>Where a path really is, every link on the way followed; null where it is nowhere.</summary>
    private static string? Real(string path)
    {
        try
        {
            var real = Path.GetPathRoot(path)!;
            foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            {
                real = Path.Combine(real, part);
                FileSystemInfo step = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
                if (step.LinkTarget is not null) real = step.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            }

            return Path.Exists(real) ? real : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
