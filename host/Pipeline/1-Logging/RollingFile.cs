using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace Platform.Host.Pipeline;

/// <summary>A file for each day, and the day's next where one is full; the oldest go. Several servers may write the same one.</summary>
/// <param name="path">The file; the date stands before its extension.</param>
/// <param name="maxBytes">How large one may get.</param>
/// <param name="maxFiles">How many are kept.</param>
/// <param name="time">Knows the day.</param>
public sealed class RollingFile(string path, long maxBytes, int maxFiles, TimeProvider time) : IAccessOutput, IDisposable
{
    private readonly string folder = Path.GetDirectoryName(path)!;
    private readonly string name = Path.GetFileNameWithoutExtension(path);
    private readonly string extension = Path.GetExtension(path);
    private SafeFileHandle? file;
    private DateTime day;
    private int number;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> lines)
    {
        var today = time.GetLocalNow().Date;
        if (file is null || today != day) Open(today, LastOf(today));
        while (!lines.IsEmpty)
        {
            var size = RandomAccess.GetLength(file!);
            var fitting = Fitting(lines, maxBytes - size);
            if (fitting == 0 && size > 0)
            {
                Open(today, number + 1);
                continue;
            }

            // A line that is larger than any file gets one of its own.
            if (fitting == 0) fitting = lines.IndexOf((byte)'\n') + 1;
            RandomAccess.Write(file!, lines[..fitting], size);
            lines = lines[fitting..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    /// <summary>How many bytes of whole lines there is room for.</summary>
    private static int Fitting(ReadOnlySpan<byte> lines, long room) =>
        room >= lines.Length ? lines.Length : room <= 0 ? 0 : lines[..(int)room].LastIndexOf((byte)'\n') + 1;

    private void Open(DateTime today, int next)
    {
        file?.Dispose();
        file = null;
        Directory.CreateDirectory(folder);
        file = AppendFile.Open(Path.Combine(folder, Name(today, next)));
        (day, number) = (today, next);
        foreach (var old in Files().OrderByDescending(old => old.Day).ThenByDescending(old => old.Number).Skip(maxFiles)) File.Delete(Path.Combine(folder, old.Name));
    }

    private string Name(DateTime of, int next) => string.Create(CultureInfo.InvariantCulture, $"{name}{of:yyyyMMdd}{(next == 0 ? "" : $"_{next:000}")}{extension}");

    private int LastOf(DateTime today) => Files().Where(file => file.Day == $"{today:yyyyMMdd}").Select(file => file.Number).DefaultIfEmpty(0).Max();

    private IEnumerable<(string Name, string Day, int Number)> Files() =>
        from found in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : []
        let match = Regex.Match(Path.GetFileName(found), $@"^{Regex.Escape(name)}(\d{{8}})(?:_(\d{{3,9}}))?{Regex.Escape(extension)}$")
        where match.Success
        select (match.Value, match.Groups[1].Value, match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0);
}
