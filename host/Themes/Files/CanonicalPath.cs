namespace Platform.Host.Themes.Files;

/// <summary>A path with every link on its way followed.</summary>
internal static class CanonicalPath
{
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var waiting = new Stack<string>(Segments(full).Reverse());
        var done = Path.GetPathRoot(full)!;
        for (var links = 0; waiting.TryPop(out var segment);)
        {
            var next = Path.Combine(done, segment);
            var target = links < MostLinks ? new FileInfo(next).LinkTarget : null;
            if (target is null)
            {
                done = next;
                continue;
            }

            links++;
            var resolved = Path.GetFullPath(target, done);
            done = Path.GetPathRoot(resolved)!;
            foreach (var part in Segments(resolved).Reverse()) waiting.Push(part);
        }

        return Path.TrimEndingDirectorySeparator(done);
    }

    private static string[] Segments(string path) =>
        path[Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
