using System.Collections.Concurrent;

namespace Platform.Host.Caching;

/// <summary>
/// The number of the last purge of every tag, and of everything. What was begun at a lower number than that of a tag it
/// bears is gone. Bounded: where too many tags have been purged, everything is, and the table begins anew.
/// </summary>
internal sealed class PurgeTable(int maxTags = PurgeTable.MaxTags)
{
    /// <summary>Tags in a table.</summary>
    internal const int MaxTags = 100_000;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, long> tags = new(StringComparer.Ordinal);
    private long all;
    private long last;

    /// <summary>The greatest number so far; all purges up to it are in the table.</summary>
    internal long Last => Volatile.Read(ref last);

    /// <summary>Gives a purge the next number.</summary>
    /// <param name="tag">What is purged; null: everything.</param>
    internal void Purge(string? tag)
    {
        lock (gate) Enter(tag, last + 1);
    }

    /// <summary>Enters a purge that has its number already.</summary>
    internal void Enter(string? tag, long number)
    {
        lock (gate)
        {
            if (tag is not null && tags.Count >= maxTags && !tags.ContainsKey(tag)) (tag, number) = (null, Math.Max(number, last));
            if (tag is not null)
            {
                if (!tags.TryGetValue(tag, out var known) || known < number) tags[tag] = number;
            }
            else if (number > all)
            {
                Volatile.Write(ref all, number);
                if (number >= last) tags.Clear();
            }

            // Last: who reads this number finds the table as it was made up to it.
            if (number > last) Volatile.Write(ref last, number);
        }
    }

    /// <summary>True where something begun at <paramref name="begun"/> is gone.</summary>
    internal bool IsPurged(string[] bears, long begun)
    {
        // Tags first: the table is emptied only after the number of everything was raised.
        foreach (var tag in bears)
        {
            if (tags.TryGetValue(tag, out var number) && number > begun) return true;
        }

        return Volatile.Read(ref all) > begun;
    }
}
