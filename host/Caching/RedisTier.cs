using System.Security.Cryptography;
using System.Text;
using Platform.Host.Configuration;
using Platform.Host.Redis;

namespace Platform.Host.Caching;

/// <summary>What Redis tells a store.</summary>
/// <param name="Purged">Tags that were purged on other servers; null: everything.</param>
/// <param name="Changed">Files of the site have changed.</param>
/// <param name="Refused">A value was not what a server with this site's key had written there.</param>
internal sealed record RedisEvents(Action<IReadOnlyList<string?>> Purged, Action Changed, Action Refused);

/// <summary>The pages that several servers share. Without Redis everything is a miss, and purges wait for its return.</summary>
public sealed class RedisTier : IAsyncDisposable
{
    private const int MaxWrites = 256;
    private const string WrongType = "WRONGTYPE";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(16);

    private readonly RedisLink link;
    private readonly RedisPurges purges;
    private readonly RedisLocks locks;
    private readonly PageFrame frame;
    private readonly TimeProvider time;
    private readonly RedisEvents events;
    private readonly string prefix;
    private readonly string self = Guid.NewGuid().ToString("N");
    private int writes;

    /// <summary>Connects in the background; until then everything is a miss.</summary>
    internal RedisTier(RedisOptions options, PageFrame frame, TimeProvider time, ILogger logger, RedisEvents events)
    {
        (this.frame, this.time, this.events, prefix) = (frame, time, events, options.Prefix);
        link = new(options, logger);
        purges = new(link, options, self, time, events.Purged);
        locks = new(link);
        link.Start(purges.LookAsync, Hear);
    }

    /// <summary>True while Redis answers in time.</summary>
    public bool IsUp => link.IsUp;

    /// <summary>Why it is not; empty while it is.</summary>
    public string LastError => link.LastError;

    /// <summary>The last number of the shared sequence of purges that is known here; -1 before Redis was reached.</summary>
    internal long Known => purges.Known;

    private bool IsTrusted => link.IsUp && !purges.HasPending;

    /// <summary>What lies under a key; null where there is nothing, where it is not authentic, or where Redis does not answer in time.</summary>
    internal async ValueTask<StoredEntry?> FindAsync(string key, CacheOptions cache)
    {
        if (!IsTrusted) return null;
        var name = NameOf("page", key);
        try
        {
            return Read(name, await AskAsync(name, cache), cache);
        }
        catch (RedisServerException exception) when (exception.Code == WrongType)
        {
            Refuse(name);
        }
        catch (Exception exception)
        {
            link.GoDown(exception);
        }

        return null;
    }

    /// <summary>Stores an entry without waiting for it; dropped when too many writes are under way. Gives the key's lock back.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="number">The last purge that was known when its making began.</param>
    /// <param name="life">How long Redis keeps it.</param>
    internal void Store(string key, StoredEntry entry, long number, TimeSpan life)
    {
        if (link.IsUp && number >= 0 && life.TotalMilliseconds >= 1 && Volatile.Read(ref writes) < MaxWrites) _ = StoreAsync(NameOf("page", key), entry, number, life);
        Release(key);
    }

    /// <summary>Waits for another server that is making the page of this key, or takes the lock for it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="known">What is known to lie under it and is not good enough.</param>
    /// <param name="cache">The limits.</param>
    /// <param name="making">How long making it here would take: so long are its pauses together at most, and all of it <see cref="MakingTime.AtMost"/>.</param>
    /// <returns>What the other server stored; null where the caller is to make the page.</returns>
    internal async ValueTask<StoredEntry?> AwaitOthersAsync(string key, StoredEntry? known, CacheOptions cache, MakingTime making)
    {
        if (!IsTrusted) return null;
        var (page, @lock, token) = (NameOf("page", key), NameOf("lock", key), Guid.NewGuid().ToString("N"));
        var (from, waited) = (time.GetTimestamp(), TimeSpan.Zero);
        try
        {
            for (var pause = FirstPause; ; pause = pause < LongestPause ? 2 * pause : LongestPause)
            {
                // In this order: who finds the lock free sees what its last holder has stored.
                var taking = locks.TakeAsync(@lock, token);
                var asking = AskAsync(page, cache);
                await Task.WhenAll(taking, asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                var isTaken = await taking;
                if (isTaken) locks.Hold(@lock, token);
                if (Read(page, await asking, cache) is { } found && IsNew(found, known))
                {
                    locks.Release(@lock);
                    return found;
                }

                if (isTaken || waited >= making.Now || time.GetElapsedTime(from) >= MakingTime.AtMost) return null;
                await Task.Delay(pause);
                // Where a pause took longer, this server had no processor, and the other, which may be on the same machine, had none either.
                waited += pause;
                if (!IsTrusted) return null;
            }
        }
        catch (RedisServerException exception)
        {
            // It can't lock, or something else lies there: the page is made here.
            if (exception.Code == WrongType) Refuse(page);
            else link.Refused(exception);
        }
        catch (Exception exception)
        {
            link.GoDown(exception);
        }

        return null;
    }

    /// <summary>Drops what lies under a key, without waiting.</summary>
    internal void Drop(string key) => link.Tell(new("DEL", NameOf("page", key)));

    /// <summary>Gives the lock of a key back where it is held here.</summary>
    internal void Release(string key) => locks.Release(NameOf("lock", key));

    /// <summary>Purges a tag, or everything where it is null, on all servers; when Redis is gone, as soon as it is back.</summary>
    internal Task PurgeAsync(string? tag) => purges.AnnounceAsync(tag);

    /// <summary>Tells the other servers that files have changed; they look by themselves too, so it may get lost.</summary>
    internal void AnnounceChange() => link.Publish(RedisMessage.Change(self));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    private static int Limit(CacheOptions cache) => (int)cache.MaxEntryBytes + PageFrame.Margin;

    /// <summary>True for a page that is good and another than the one known, and for variants that say more.</summary>
    private static bool IsNew(StoredEntry found, StoredEntry? known) => (found, known) switch
    {
        (CachedPage { IsFresh: false }, _) => false,
        (CachedPage page, CachedPage old) => page.Fingerprint != old.Fingerprint || page.Made.ToUnixTimeMilliseconds() != old.Made.ToUnixTimeMilliseconds(),
        (PageVariants variants, PageVariants old) => !old.Parts.Union(variants.Parts).Equals(old.Parts),
        _ => true,
    };

    private string NameOf(string kind, string key) => $"{prefix}:{kind}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    /// <summary>Asks for a value, of one that is too large for no more than shows it.</summary>
    private async Task<byte[]> AskAsync(string name, CacheOptions cache) =>
        (await link.AskAsync(new("GETRANGE", name, 0, Limit(cache)) { MaxReplyBytes = Limit(cache) + 1 })).AsBytes() ?? [];

    private StoredEntry? Read(string name, byte[] bytes, CacheOptions cache)
    {
        if (bytes.Length == 0) return null;
        if (bytes.Length > Limit(cache) || frame.Read(name, bytes, time.GetUtcNow()) is not { } read)
        {
            Refuse(name);
            return null;
        }

        return purges.IsPurged(read.Entry.PurgedBy, read.Number) || !read.Entry.IsUsable(cache.LongestStale) ? null : read.Entry;
    }

    private void Refuse(string name)
    {
        events.Refused();
        link.Tell(new("DEL", name));
    }

    private async Task StoreAsync(string name, StoredEntry entry, long number, TimeSpan life)
    {
        Interlocked.Increment(ref writes);
        try
        {
            await link.AskAsync(new("SET", name, frame.Write(name, entry, number), "PX", (long)life.TotalMilliseconds));
        }
        catch (RedisServerException exception)
        {
            link.Refused(exception);
        }
        catch (Exception exception)
        {
            link.GoDown(exception);
        }
        finally
        {
            Interlocked.Decrement(ref writes);
        }
    }

    private void Hear(string text)
    {
        if (RedisMessage.Read(text, self) is not { } message) return;
        if (message.Kind == RedisMessageKind.Purged) purges.Hear(message.Number);
        else events.Changed();
    }
}
