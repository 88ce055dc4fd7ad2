using Platform.Host.Configuration;
using Platform.Host.Security;

namespace Platform.Host.Caching;

/// <summary>Where pages are kept: memory, Redis, or memory in front of Redis. What one server drops, all drop.</summary>
public sealed class PageStore(Signer signer, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private MemoryTier? memory;
    private RedisTier? redis;
    private CacheOptions? cacheOptions;
    private string redisPlace = "";
    private long epoch;
    private long hits;
    private long misses;

    /// <summary>Raised when another server says that files of the site have changed.</summary>
    public event Action? SiteChanged;

    /// <summary>Raised when everything kept must go, here or by another server's word.</summary>
    public event Action? Cleared;

    /// <summary>The moment now, by clears and purges: a page begun before one is not stored after it.</summary>
    public StoreMoment Now => new(Volatile.Read(ref epoch), redis?.SharedEpoch ?? 0);

    /// <summary>The pages in flight.</summary>
    public Flights Flights { get; } = new();

    /// <summary>The memory tier; null where the strategy has none.</summary>
    public MemoryTier? Memory => memory;

    /// <summary>The Redis tier; null where none is configured.</summary>
    public RedisTier? Redis => redis;

    /// <summary>Pages found since the start.</summary>
    public long Hits => Volatile.Read(ref hits);

    /// <summary>Pages not found since the start.</summary>
    public long Misses => Volatile.Read(ref misses);

    /// <summary>Takes configuration into force; tiers whose options are unchanged stay as they are.</summary>
    public void Configure(CacheOptions cache, RedisOptions connection)
    {
        var place = $"{string.Join(',', connection.Endpoints)}/{connection.Database} {connection.Password.Value} {connection.Timeout} {connection.Prefix}";
        if (place != redisPlace)
        {
            var old = redis;
            redis = connection.IsConfigured ? new RedisTier(connection, new PageFrame(signer), time, logger, Hear) : null;
            if (old is not null) _ = old.DisposeAsync().AsTask();
        }

        var wanted = cache is { Enabled: true, Strategy: not CacheStrategy.Redis } ? cache.MaxSizeBytes : 0L;
        if (wanted != (memory?.MaxBytes ?? 0L))
        {
            // The old tier is left to the collector: a request may just be reading it.
            memory = wanted > 0 ? new MemoryTier(wanted) : null;
        }

        (cacheOptions, redisPlace) = (cache, place);
    }

    /// <summary>The page in memory, if it is good.</summary>
    public CachedPage? Find(ReadOnlySpan<char> key, string stamp)
    {
        var page = memory?.Find(key, stamp);
        if (page is not null) Interlocked.Increment(ref hits);
        return page;
    }

    /// <summary>The page in Redis, if it is good and Redis answers in time; it is then kept in memory too.</summary>
    public async ValueTask<CachedPage?> FindInRedisAsync(string key, string stamp)
    {
        var begun = Now;
        var page = redis is { } tier && cacheOptions!.Strategy != CacheStrategy.Memory ? await tier.FindAsync(key, stamp, cacheOptions.MaxEntryBytes) : null;
        if (page is null)
        {
            Interlocked.Increment(ref misses);
            return null;
        }

        Interlocked.Increment(ref hits);
        KeepInMemory(key, page, begun);
        return page;
    }

    /// <summary>Keeps a page, unless something was dropped since its making began.</summary>
    /// <returns>True where it is kept.</returns>
    public bool Store(string key, CachedPage page, StoreMoment begun)
    {
        if (page.Identity.Bytes.Length > cacheOptions!.MaxEntryBytes || Now != begun) return false;
        KeepInMemory(key, page, begun);
        if (cacheOptions.Strategy != CacheStrategy.Memory) redis?.Store(key, page, begun.Shared);
        return true;
    }

    /// <summary>Drops all pages, or those that bear a tag, here and on every server that shares the Redis.</summary>
    public async Task ClearAsync(string? tag = null)
    {
        ClearHere(tag);
        if (redis is not { } tier) return;
        await tier.AnnounceClearAsync(tag);
        // What came out of Redis into memory meanwhile may be from before.
        ClearHere(tag);
    }

    /// <summary>Tells the other servers that files of the site have changed.</summary>
    public void AnnounceChange() => redis?.AnnounceChange();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (redis is { } tier) await tier.DisposeAsync();
        memory?.Dispose();
    }

    /// <summary>Lets go of the pages of an older state of the site; nobody can reach them any more.</summary>
    public void Forget() => memory?.Clear();

    private void KeepInMemory(string key, CachedPage page, StoreMoment begun)
    {
        if (memory is not { } tier || Now.Local != begun.Local) return;
        tier.Store(key, page);
        if (Now.Local != begun.Local) tier.Remove(key);
    }

    private void ClearHere(string? tag)
    {
        Interlocked.Increment(ref epoch);
        if (tag is null) memory?.Clear();
        else memory?.Purge(tag);
        Cleared?.Invoke();
    }

    private void Hear(RedisMessage message)
    {
        if (message.Kind == RedisMessageKind.Changed) SiteChanged?.Invoke();
        else ClearHere(message.Tag);
    }
}
