namespace Platform.Host.Caching;

/// <summary>The place of one entry in the memory tier. All but the mark is changed under the tier's lock only.</summary>
/// <param name="tier">The tier it lies in.</param>
/// <param name="key">Its key.</param>
/// <param name="entry">The entry.</param>
internal sealed class MemoryNode(MemoryTier tier, string key, StoredEntry entry)
{
    private const byte MaxMarks = 3;

    private byte marks;

    /// <summary>Its key.</summary>
    internal string Key => key;

    /// <summary>The entry.</summary>
    internal StoredEntry Entry => entry;

    /// <summary>The bytes it was last counted with.</summary>
    internal int Size { get; set; }

    /// <summary>The queue it stands in; null where it has left.</summary>
    internal MemoryQueue? Queue { get; set; }

    /// <summary>Its neighbour that came later.</summary>
    internal MemoryNode? Newer { get; set; }

    /// <summary>Its neighbour that came earlier.</summary>
    internal MemoryNode? Older { get; set; }

    /// <summary>Hits not yet used up by second chances, 0 to 3. Hits that meet may count as one: it is a mark, not a measure.</summary>
    internal byte Marks
    {
        get => Volatile.Read(ref marks);
        set => Volatile.Write(ref marks, value);
    }

    /// <summary>Marks a hit.</summary>
    internal void Mark()
    {
        // Written only while it changes something: a hot page's line stays shared between the cores.
        var now = marks;
        if (now < MaxMarks) marks = (byte)(now + 1);
    }

    /// <summary>Counts it anew; the entry has grown.</summary>
    internal void Remeasure() => tier.Remeasure(this);
}
