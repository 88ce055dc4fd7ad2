using Microsoft.Extensions.Caching.Memory;

namespace Platform.Host.Caching;

/// <summary>The pages kept in this process, bounded in bytes. A page knows itself when it is too old; a jump of the clock moves nothing.</summary>
public sealed class MemoryTier(long maxBytes) : IDisposable
{
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = maxBytes, CompactionPercentage = 0.1, TrackStatistics = true, ExpirationScanFrequency = TimeSpan.FromSeconds(30) });

    /// <summary>The limit in bytes.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Pages kept.</summary>
    public int Count => cache.Count;

    /// <summary>Bytes they count.</summary>
    public long Bytes => cache.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <summary>The page of a key, where it is fresh and of this state of the site.</summary>
    public CachedPage? Find(ReadOnlySpan<char> key, string stamp) =>
        cache.TryGetValue(key, out var value) && value is CachedPage page && page.IsFresh && (ReferenceEquals(page.Stamp, stamp) || page.Stamp == stamp) ? page : null;

    /// <summary>Keeps a page; of too many, the least recently used go.</summary>
    public void Store(string key, CachedPage page) =>
        cache.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size });

    /// <summary>Forgets a page.</summary>
    public void Remove(string key) => cache.Remove(key);

    /// <summary>Forgets all pages.</summary>
    public void Clear() => cache.Clear();

    /// <summary>Forgets the pages that bear a tag.</summary>
    public void Purge(string tag)
    {
        foreach (var key in cache.Keys)
        {
            if (cache.TryGetValue(key, out var value) && value is CachedPage page && Array.IndexOf(page.Tags, tag) >= 0) cache.Remove(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
