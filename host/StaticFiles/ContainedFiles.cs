using Platform.Host.Configuration;

namespace Platform.Host.StaticFiles;

/// <summary>The files below a folder, none outside it: a link that leads out is a problem, not a file.</summary>
public static class ContainedFiles
{
    private const int MaxDepth = 32;

    /// <summary>Full path and path below the folder, with slashes; hidden ones are left out.</summary>
    /// <param name="folder">The folder; where it is itself a link, what it leads to counts as inside.</param>
    /// <param name="shown">How problems call the folder.</param>
    /// <param name="problems">Where problems go.</param>
    public static IEnumerable<(string Path, string Name)> Below(string folder, string shown, ICollection<Problem> problems)
    {
        var root = Real(new DirectoryInfo(folder));
        return root is null ? [] : Below(new DirectoryInfo(root), root, "", shown, problems, 0);
    }

    private static IEnumerable<(string Path, string Name)> Below(DirectoryInfo folder, string root, string prefix, string shown, ICollection<Problem> problems, int depth)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry.Name.StartsWith('.')) continue;
            var name = prefix + entry.Name;
            if (entry.LinkTarget is not null && (Real(entry) is not { } real || !real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                problems.Add(new($"{shown}/{name}", 0, 0, "a link that leads out of its folder, or nowhere; expected a file inside. It is not served: copy the file here."));
            }
            else if (entry is DirectoryInfo below)
            {
                if (depth >= MaxDepth)
                {
                    problems.Add(new($"{shown}/{name}", 0, 0, $"more than {MaxDepth} folders deep, or a link that leads back; expected less. It is not served."));
                    continue;
                }

                foreach (var file in Below(below, root, name + "/", shown, problems, depth + 1)) yield return file;
            }
            else
            {
                yield return (entry.FullName, name);
            }
        }
    }

    private static string? Real(FileSystemInfo entry)
    {
        try
        {
            // A link anywhere on the way counts, not just at the end.
            var parts = entry.FullName.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
            var path = Path.GetPathRoot(entry.FullName)!;
            foreach (var part in parts)
            {
                path = Path.Combine(path, part);
                FileSystemInfo step = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
                if (step.LinkTarget is not null) path = step.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            }

            return Path.Exists(path) ? path : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
