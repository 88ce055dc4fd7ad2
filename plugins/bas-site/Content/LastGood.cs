namespace BasSite.Content;

/// <summary>
/// Content files of one kind, read. Only what has changed is read again, and a file that can't be read keeps its last
/// good version: one slip of the pen never takes a page away.
/// </summary>
/// <param name="read">Turns a file's name (without extension) and text into content, or throws <see cref="ContentException"/>.</param>
/// <param name="log">Where a file that can't be read is named, once for each change.</param>
internal sealed class LastGood<T>(Func<string, string, T> read, TextWriter log)
    where T : class
{
    private Dictionary<string, (FileStamp Stamp, T? Value)> files = new(StringComparer.Ordinal);

    /// <summary>The content of the files, in the order given.</summary>
    public IReadOnlyList<T> Read(IReadOnlyList<FileStamp> stamps)
    {
        var next = new Dictionary<string, (FileStamp Stamp, T? Value)>(stamps.Count, StringComparer.Ordinal);
        foreach (var stamp in stamps)
        {
            files.TryGetValue(stamp.Path, out var last);
            next[stamp.Path] = last.Stamp == stamp ? last : (stamp, Read(stamp) ?? last.Value);
        }

        files = next;
        return [.. stamps.Select(s => next[s.Path].Value).OfType<T>()];
    }

    private T? Read(FileStamp stamp)
    {
        try
        {
            return read(Path.GetFileNameWithoutExtension(stamp.Path), File.ReadAllText(stamp.Path));
        }
        catch (ContentException e)
        {
            log.WriteLine($"bas-site: {stamp.Path}({e.Line},1): {e.Message} Until then the last good version stays.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.WriteLine($"bas-site: {stamp.Path}: {e.Message} Until it can be read the last good version stays.");
        }

        return null;
    }
}

/// <summary>A file as the folder showed it: another stamp means another content.</summary>
internal readonly record struct FileStamp(string Path, long Written, long Length)
{
    /// <summary>The Markdown files of a folder by name; none where it doesn't exist.</summary>
    public static IReadOnlyList<FileStamp> Of(string folder)
    {
        var files = new DirectoryInfo(folder);
        if (!files.Exists) return [];
        return [.. files.EnumerateFiles("*.md").Select(f => new FileStamp(f.FullName, f.LastWriteTimeUtc.Ticks, f.Length)).OrderBy(f => f.Path, StringComparer.Ordinal)];
    }
}
