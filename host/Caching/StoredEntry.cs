namespace Platform.Host.Caching;

/// <summary>What lies under a key: a page, or the parts of the request that the page's own key has beside.</summary>
public abstract class StoredEntry
{
    /// <summary>The tags whose purge drops it.</summary>
    internal virtual string[] PurgedBy => [];

    /// <summary>The number of purges here (<see cref="PageStore.PurgeCount"/>) when its making began.</summary>
    internal long Begun { get; set; }

    /// <summary>The number of purges here that it was last found to have outlived.</summary>
    internal long CheckedAt { get; set; }

    /// <summary>Where it lies in memory; null where it doesn't.</summary>
    internal MemoryNode? Place { get; set; }

    /// <summary>What it keeps alive, in bytes, its key in the store not counted.</summary>
    public abstract int Size { get; }

    /// <summary>True until it is too old by more than <paramref name="stale"/>.</summary>
    public abstract bool IsUsable(TimeSpan stale);
}
