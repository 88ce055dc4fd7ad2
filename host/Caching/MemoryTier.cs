using System.Collections.Concurrent;

namespace Platform.Host.Caching;

/// <summary>
/// What is kept in this process, bounded in bytes. A newcomer stands in a small probation queue; the second request for it
/// moves it to the main queue once it comes to the end, and so a flood of addresses that nobody asks for twice passes
/// through probation alone. At the end of the main queue every hit since is a second chance (S3-FIFO).
/// </summary>
/// <remarks>A hit takes no lock and moves nothing: it leaves a mark. Whoever stores does the work of making room.</remarks>
public sealed class MemoryTier
{
    /// <summary>For each byte kept the process grows by more: the runtime collects in batches what is let go, and needs room to move in.</summary>
    private const double Share = 0.58;

    private const int AverageEntry = 4096;
    private const int MaxGhosts = 1 << 20;
    private const int MaxSteps = 4096;
    private const int MaxChances = 64;
    private const int SweepSteps = 5000;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, MemoryNode> nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MemoryNode>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly Func<StoredEntry, bool> isGood;
    private readonly GhostList ghosts;
    private readonly Reclaim reclaim;
    private readonly long room;
    private MemoryQueue probation = new();
    private MemoryQueue main = new();
    private IEnumerator<KeyValuePair<string, MemoryNode>>? sweep;
    private long bytes;
    private int count;

    /// <summary>An empty tier.</summary>
    /// <param name="maxBytes">By how much the process may grow for it, in bytes.</param>
    /// <param name="isGood">False for an entry that nobody will be given any more.</param>
    public MemoryTier(long maxBytes, Func<StoredEntry, bool> isGood)
    {
        (MaxBytes, this.isGood) = (maxBytes, isGood);
        ghosts = new((int)Math.Clamp(maxBytes / AverageEntry, 16, MaxGhosts));
        reclaim = new(maxBytes);
        room = (long)(maxBytes * Share) - ghosts.Bytes;
        lookup = nodes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>By how much the process may grow for it, in bytes.</summary>
    public long MaxBytes { get; }

    /// <summary>Entries kept.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Bytes they keep alive.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    private long ProbationRoom => room / 10;

    /// <summary>The entry of a key, good or not.</summary>
    public StoredEntry? Find(ReadOnlySpan<char> key)
    {
        if (!lookup.TryGetValue(key, out var node)) return null;
        node.Mark();
        return node.Entry;
    }

    /// <summary>Keeps an entry in place of what lay under its key.</summary>
    /// <returns>False where it is larger than the whole memory; then nothing lies under its key.</returns>
    public bool Store(string key, StoredEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (gate)
        {
            nodes.TryGetValue(key, out var old);
            var node = new MemoryNode(this, old?.Key ?? key, entry) { Marks = old?.Marks ?? 0 };
            // Its place first: whoever compresses it from now on has it measured again.
            entry.Place = node;
            node.Size = entry.Size + EntrySize.OfPlace(key);
            var isKnown = old is not null ? old.Queue == main : ghosts.Take(string.GetHashCode(key));
            // What is replaced stays to be found until the new one is there.
            if (old is not null) Leave(old);
            if (!MakeRoom(node.Size))
            {
                nodes.TryRemove(key, out _);
                return false;
            }

            (isKnown ? main : probation).Add(node);
            (bytes, count) = (bytes + node.Size, count + 1);
            nodes[key] = node;
            return true;
        }
    }

    /// <summary>Lets go of what lies under a key.</summary>
    public void Remove(string key)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(key, out var node) && IsHere(node)) Drop(node);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (gate)
        {
            nodes.Clear();
            sweep = null;
            (probation, main, bytes, count) = (new(), new(), 0, 0);
        }
    }

    /// <summary>Looks through a part of the entries, the next call through the next part, and lets go of those that are no longer good.</summary>
    public void Sweep()
    {
        if (Interlocked.Exchange(ref sweep, null) is not { } walk) walk = nodes.GetEnumerator();
        for (var i = 0; i < SweepSteps; i++)
        {
            if (!walk.MoveNext())
            {
                walk.Dispose();
                return;
            }

            var node = walk.Current.Value;
            if (isGood(node.Entry)) continue;
            lock (gate)
            {
                if (IsHere(node)) Drop(node);
            }
        }

        Volatile.Write(ref sweep, walk);
    }

    /// <summary>All entries, good or not, while others may come and go.</summary>
    public IEnumerable<(string Key, StoredEntry Entry)> Entries()
    {
        foreach (var (key, node) in nodes) yield return (key, node.Entry);
    }

    /// <summary>Counts an entry that has grown; makes room for that first.</summary>
    internal void Remeasure(MemoryNode node)
    {
        lock (gate)
        {
            if (!IsHere(node)) return;
            var size = node.Entry.Size + EntrySize.OfPlace(node.Key);
            var hasRoom = MakeRoom(size - node.Size);
            // Room may have been made by letting go of this very entry.
            if (!IsHere(node)) return;
            bytes += size - node.Size;
            node.Queue!.Resize(node, size);
            if (!hasRoom) Drop(node);
        }
    }

    private bool IsHere(MemoryNode node) => node.Queue is { } queue && (queue == probation || queue == main);

    private bool MakeRoom(long size)
    {
        if (size > room) return false;
        var chances = 0;
        for (var step = 0; bytes + size > room; step++)
        {
            if (step == MaxSteps) return false;
            var isProbation = probation.Oldest is not null && (main.Oldest is null || probation.Bytes + size > ProbationRoom);
            var node = (isProbation ? probation : main).Oldest!;
            if (!isGood(node.Entry))
            {
                Drop(node);
            }
            else if (isProbation && node.Marks > 0)
            {
                Move(node, 0);
            }
            else if (!isProbation && node.Marks > 0 && chances++ < MaxChances)
            {
                Move(node, (byte)(node.Marks - 1));
            }
            else
            {
                if (isProbation) ghosts.Add(string.GetHashCode(node.Key));
                Drop(node);
            }
        }

        return true;
    }

    private void Move(MemoryNode node, byte marks)
    {
        node.Queue!.Remove(node);
        node.Marks = marks;
        main.Add(node);
    }

    private void Drop(MemoryNode node)
    {
        Leave(node);
        nodes.TryRemove(new(node.Key, node));
    }

    private void Leave(MemoryNode node)
    {
        node.Queue!.Remove(node);
        (bytes, count) = (bytes - node.Size, count - 1);
        reclaim.Add(node.Size);
    }
}
