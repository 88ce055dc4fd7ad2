using System.Text;
using Platform.Host.Configuration;

namespace Platform.Host.Plugins;

/// <summary>The plugins that are switched off by <c>plugins/.disabled</c>: plain text, a name in each line, <c>#</c> begins a comment.</summary>
public static class DisabledPlugins
{
    /// <summary>The file, from the folder of plugins.</summary>
    public const string FileName = ".disabled";

    private const long Longest = 1 << 20;

    /// <summary>The names.</summary>
    /// <param name="plugins">The folder of plugins.</param>
    /// <param name="problems">Lines that are none.</param>
    /// <exception cref="IOException">The file is there and can't be read: that is no wish to switch anything on.</exception>
    public static IReadOnlySet<string> Read(string plugins, ICollection<Problem> problems)
    {
        var (names, number) = (new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var line in Lines(plugins))
        {
            number++;
            var name = NameIn(line);
            if (name.Length == 0) continue;
            if (Names.TryParsePlugin(name, out _, out var complaint)) names.Add(name);
            else problems.Add(new($"plugins/{FileName}", number, 1, complaint));
        }

        return names;
    }

    /// <summary>Adds a name or takes it away; comments stay. The file is replaced whole.</summary>
    /// <returns>False where it was so already.</returns>
    public static bool Set(string plugins, string name, bool isDisabled)
    {
        var lines = Lines(plugins);
        if (lines.Exists(line => NameIn(line) == name) == isDisabled) return false;
        if (isDisabled) lines.Add(name);
        else lines.RemoveAll(line => NameIn(line) == name);
        var (path, beside) = (Path.Combine(plugins, FileName), Path.Combine(plugins, $"{FileName}.{Random.Shared.Next():x8}"));
        if (lines.Count == 0)
        {
            File.Delete(path);
            return true;
        }

        using (var file = new FileStream(beside, FileMode.CreateNew))
        {
            file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        return true;
    }

    private static List<string> Lines(string plugins)
    {
        var file = new FileInfo(Path.Combine(plugins, FileName));
        if (!file.Exists) return [];
        if (file.Length > Longest) throw new IOException($"plugins/{FileName} is larger than {Longest >> 20} MB; expected a name in each line.");
        return [.. File.ReadAllLines(file.FullName)];
    }

    private static string NameIn(string line) => line.Split('#')[0].Trim();
}
