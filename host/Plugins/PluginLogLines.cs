using System.Collections.Concurrent;

namespace Platform.Host.Plugins;

/// <summary>The last lines of the log about each plugin, kept for whoever looks for what it does: 200 of a plugin, of at most 256 plugins.</summary>
public sealed class PluginLogLines
{
    /// <summary>Lines kept of a plugin.</summary>
    public const int Kept = 200;

    private const int MostPlugins = 256;
    private const int LongestLine = 4096;

    private readonly ConcurrentDictionary<string, Queue<(long Number, string Text)>> lines = new(StringComparer.Ordinal);
    private long last;

    /// <summary>Tells these lines from those of another server, or of this one before its start.</summary>
    public string Id { get; } = $"{Random.Shared.NextInt64():x16}";

    /// <summary>Keeps a line.</summary>
    public void Add(string plugin, string text)
    {
        if (lines.Count >= MostPlugins && !lines.ContainsKey(plugin)) return;
        var kept = lines.GetOrAdd(plugin, static _ => new());
        lock (kept)
        {
            kept.Enqueue((Interlocked.Increment(ref last), text.Length > LongestLine ? text[..LongestLine] + "…" : text));
            if (kept.Count > Kept) kept.Dequeue();
        }
    }

    /// <summary>The newest lines of a plugin, the oldest of them first.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="after">Only those with a greater number.</param>
    public IReadOnlyList<(long Number, string Text)> Of(string plugin, int count, long after)
    {
        if (!lines.TryGetValue(plugin, out var kept)) return [];
        lock (kept) return [.. kept.Where(line => line.Number > after).TakeLast(count)];
    }
}
