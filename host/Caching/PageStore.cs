using Platform.Host.Configuration;
using Platform.Host.Security;

namespace Platform.Host.Caching;

/// <summary>Where pages are kept: memory, Redis, or memory in front of Redis. What one server drops, all drop.</summary>
public sealed class PageStore : IAsyncDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly Signer signer;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ITimer sweeper;
    private readonly PurgeTable purges = new();
    private readonly MakingTime making;
    private readonly HitCount hits = new();
    private MemoryTier? memory;
    private RedisTier? redis;
    private CacheOptions options = new();
    private string redisPlace = "";
    private long staleTicks;
    private long misses;
    private long refused;

    /// <summary>A store that keeps nothing until it is configured.</summary>
    /// <param name="signer">Signs what is given to Redis.</param>
    /// <param name="time">The clock; how long pages are good goes by the system's ticks.</param>
    /// <param name="logger">Told when Redis goes and comes.</param>
    public PageStore(Signer signer, TimeProvider time, ILogger logger)
    {
        (this.signer, this.time, this.logger, making) = (signer, time, logger, new(time));
        sweeper = time.CreateTimer(_ => memory?.Sweep(), null, SweepEvery, SweepEvery);
    }

    /// <summary>Raised when another server says that files of the site have changed.</summary>
    public event Action? SiteChanged;

    /// <summary>Raised when pages were purged, here or by another server's word.</summary>
    public event Action? Cleared;

    /// <summary>The purges known now: taken when the making of a page begins.</summary>
    public StoreMoment Now => new(purges.Last, redis?.Known ?? -1);

    /// <summary>Purges here since the start: a page found to hold at this number holds.</summary>
    public long PurgeCount => purges.Last;

    /// <summary>The pages in flight.</summary>
    public Flights Flights { get; } = new();

    /// <summary>The memory tier; null where the strategy has none.</summary>
    public MemoryTier? Memory => memory;

    /// <summary>The Redis tier; null where none is configured.</summary>
    public RedisTier? Redis => redis;

    /// <summary>Fresh pages found since the start.</summary>
    public long Hits => hits.Total;

    /// <summary>Pages not found since the start.</summary>
    public long Misses => Volatile.Read(ref misses);

    /// <summary>Values of Redis since the start that were not what a server with this site's key had written there.</summary>
    public long RefusedFrames => Volatile.Read(ref refused);

    private RedisTier? Shared => options.Strategy == CacheStrategy.Memory ? null : redis;

    /// <summary>Takes configuration into force; tiers whose options are unchanged stay as they are.</summary>
    public void Configure(CacheOptions cache, RedisOptions connection)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(connection);
        options = cache;
        Volatile.Write(ref staleTicks, cache.LongestStale.Ticks);
        var place = $"{string.Join(',', connection.Endpoints)}/{connection.Database} {connection.Password.Value} {connection.Timeout} {connection.Prefix}";
        if (place != redisPlace)
        {
            var old = redis;
            redis = connection.IsConfigured ? new RedisTier(connection, new PageFrame(signer), time, logger, new(Purge, () => SiteChanged?.Invoke(), () => Interlocked.Increment(ref refused))) : null;
            if (old is not null) _ = old.DisposeAsync().AsTask();
        }

        var wanted = cache is { Enabled: true, Strategy: not CacheStrategy.Redis } ? cache.MaxSizeBytes : 0L;
        // The old tier is left to the collector: a request may just be reading it.
        if (wanted != (memory?.MaxBytes ?? 0L)) memory = wanted > 0 ? new MemoryTier(wanted, IsGood) : null;
        redisPlace = place;
    }

    /// <summary>What lies in memory under a key: never a purged page; one that is too old until the longer of the stale windows is over.</summary>
    public StoredEntry? Find(ReadOnlySpan<char> key)
    {
        if (memory?.Find(key) is not { } entry || !IsGood(entry)) return null;
        if (entry is CachedPage { IsFresh: true }) hits.Add();
        return entry;
    }

    /// <summary>What lies in Redis under a key, if it is good and Redis answers in time; it is then kept in memory too.</summary>
    public async ValueTask<StoredEntry?> FindInRedisAsync(string key)
    {
        var begun = Now;
        var found = Shared is { } tier ? Take(key, await tier.FindAsync(key, options), begun) : null;
        if (found is null) Interlocked.Increment(ref misses);
        else if (found is CachedPage { IsFresh: true }) hits.Add();
        return found;
    }

    /// <summary>Keeps a page in memory and Redis, unless a tag it bears, or everything, was purged since its making began.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="page">The page.</param>
    /// <param name="begun"><see cref="Now"/> as it was before anything was read for it.</param>
    /// <returns>True where it is kept.</returns>
    public bool Store(string key, CachedPage page, StoreMoment begun)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Body.Length > options.MaxEntryBytes || purges.IsPurged(page.Tags, begun.Local))
        {
            Release(key);
            return false;
        }

        Keep(key, page, begun);
        Shared?.Store(key, page, begun.Shared, page.Life + options.LongestStale);
        return true;
    }

    /// <summary>Says under a page's base key on which parts of the request it depends; added to those already known.</summary>
    /// <param name="key">The base key.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="begun"><see cref="Now"/> as it was before the page's making began.</param>
    public void StoreVariants(string key, KeyParts parts, StoreMoment begun)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (purges.IsPurged([], begun.Local))
        {
            Release(key);
            return;
        }

        var variants = With(key, parts);
        Keep(key, variants, begun);
        // Also where nothing is new: in Redis they have a life.
        Shared?.Store(key, variants, begun.Shared, options.TimeToLive + options.LongestStale);
    }

    /// <summary>
    /// Where another server is making the page of this key, waits for what it stores, never longer than making it here
    /// would take now; else lets the other servers wait for this one.
    /// </summary>
    /// <returns>What the other server stored; null where the caller is to make the page, and to end with <see cref="Store"/> or <see cref="Release"/>.</returns>
    public async ValueTask<StoredEntry?> AwaitOthersAsync(string key)
    {
        if (Shared is not { IsUp: true } tier) return null;
        var begun = Now;
        return Take(key, await tier.AwaitOthersAsync(key, memory?.Find(key), options, making), begun);
    }

    /// <summary>Drops what lies under a key, here and in Redis: another answer has taken its place, which is not one to store.</summary>
    public void Drop(string key)
    {
        memory?.Remove(key);
        Shared?.Drop(key);
    }

    /// <summary>Lets the other servers make the page of this key: its making here came to nothing.</summary>
    public void Release(string key) => redis?.Release(key);

    /// <summary>A page is being made, until what is returned is disposed.</summary>
    public IDisposable Making() => new MakingUnderway(making);

    /// <summary>Purges all pages, or those that bear a tag, here and on every server that shares the Redis.</summary>
    public async Task ClearAsync(string? tag = null)
    {
        Purge([tag]);
        if (redis is not { } tier) return;
        await tier.PurgeAsync(tag);
        // What came out of Redis into memory meanwhile may be from before.
        Purge([tag]);
    }

    /// <summary>Tells the other servers that files of the site have changed.</summary>
    public void AnnounceChange() => redis?.AnnounceChange();

    /// <summary>What is in memory.</summary>
    public IEnumerable<(string Key, StoredEntry Entry)> Entries() => memory?.Entries().Where(item => IsGood(item.Entry)) ?? [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await sweeper.DisposeAsync();
        if (redis is { } tier) await tier.DisposeAsync();
    }

    private bool IsGood(StoredEntry entry)
    {
        var count = purges.Last;
        if (entry.CheckedAt != count)
        {
            if (purges.IsPurged(entry.PurgedBy, entry.Begun)) return false;
            entry.CheckedAt = count;
        }

        return entry.IsUsable(new(Volatile.Read(ref staleTicks)));
    }

    private void Keep(string key, StoredEntry entry, StoreMoment begun)
    {
        entry.Begun = entry.CheckedAt = begun.Local;
        memory?.Store(key, entry);
    }

    /// <summary>Takes what came from Redis into memory.</summary>
    private StoredEntry? Take(string key, StoredEntry? found, StoreMoment begun)
    {
        if (found is null || purges.IsPurged(found.PurgedBy, begun.Local)) return null;
        if (found is PageVariants variants) found = With(key, variants.Parts);
        Keep(key, found, begun);
        return found;
    }

    /// <summary>The parts and those already known of the key.</summary>
    private PageVariants With(string key, KeyParts parts) =>
        new(memory?.Find(key) is PageVariants known && IsGood(known) ? known.Parts.Union(parts) : parts);

    private void Purge(IReadOnlyList<string?> tags)
    {
        // First: what begins once the purge counts must not take what was kept before.
        Cleared?.Invoke();
        foreach (var tag in tags) purges.Purge(tag);
        if (tags.Contains(null)) memory?.Clear();
    }

    private sealed class MakingUnderway(MakingTime time) : IDisposable
    {
        private readonly LinkedListNode<long> begun = time.Begin();

        public void Dispose() => time.End(begun);
    }
}
