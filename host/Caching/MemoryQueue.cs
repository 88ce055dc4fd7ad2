namespace Platform.Host.Caching;

/// <summary>Entries in the order they came. Not for several threads at once.</summary>
internal sealed class MemoryQueue
{
    private MemoryNode? newest;

    /// <summary>The entry that came first; null where there is none.</summary>
    internal MemoryNode? Oldest { get; private set; }

    /// <summary>Bytes of all entries.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Adds an entry as the newest.</summary>
    internal void Add(MemoryNode node)
    {
        (node.Queue, node.Older, node.Newer) = (this, newest, null);
        if (newest is null) Oldest = node;
        else newest.Newer = node;
        newest = node;
        Bytes += node.Size;
    }

    /// <summary>Takes an entry out, wherever it stands.</summary>
    internal void Remove(MemoryNode node)
    {
        if (node.Older is null) Oldest = node.Newer;
        else node.Older.Newer = node.Newer;
        if (node.Newer is null) newest = node.Older;
        else node.Newer.Older = node.Older;
        (node.Queue, node.Older, node.Newer) = (null, null, null);
        Bytes -= node.Size;
    }

    /// <summary>Counts an entry with another size.</summary>
    internal void Resize(MemoryNode node, int size)
    {
        Bytes += size - node.Size;
        node.Size = size;
    }
}
