using System.Diagnostics;
using Platform.Host.Caching;
using Platform.Host.Transport;

namespace Platform.Host.Pipeline;

/// <summary>
/// Step 3: a page that is stored is answered at once. Everything its key needs is known at the door. Of many requests for a page
/// that is not stored, or that is too old, one makes it; meanwhile the others get the old one, or wait.
/// </summary>
public sealed class CacheMiddleware(PageDelegate next, PageStore store, PageValidity validity, ILogger logger)
{
    private const int MaxTurns = 3;

    /// <summary>Answers from the store, or lets the page be made.</summary>
    public Task InvokeAsync(PageContext page)
    {
        if (!page.IsRead || !page.Generation.Options.Cache.Enabled) return PassAsync(page, "");
        Span<char> buffer = stackalloc char[PageKey.Longest];
        if (!PageKey.TryWrite(page, buffer, out var length)) return PassAsync(page, "platform; fwd=bypass; detail=long-key");
        var entry = store.Find(buffer[..length]);
        if (entry is PageVariants variants)
        {
            var full = length;
            if (!PageKey.TryAppend(page, variants.Parts, buffer, ref full)) return PassAsync(page, "platform; fwd=bypass; detail=long-key");
            entry = store.Find(buffer[..full]);
        }

        return entry is CachedPage { IsFresh: true } stored && stored.Stamp == page.Generation.Stamp
            ? PageResponse.HitAsync(page, stored)
            : MissAsync(page, buffer[..length].ToString());
    }

    private async Task PassAsync(PageContext page, string status)
    {
        await PoolThread.Switch();
        page.CacheStatus = status;
        await next(page);
    }

    private async Task MissAsync(PageContext page, string key)
    {
        await PoolThread.Switch();
        if (page.Route.Route is { Cache.IsEnabled: false })
        {
            await PassAsync(page, "platform; fwd=bypass; detail=route");
            return;
        }

        page.CacheStatus = "platform; fwd=miss";
        var options = page.Generation.Options.Cache;
        for (var turn = 0; ; turn++)
        {
            var begun = store.Now;
            if (FullKey(page, key) is not { } full)
            {
                await PassAsync(page, "platform; fwd=bypass; detail=long-key");
                return;
            }

            var stored = await ValidAsync(page, store.Find(full));
            if (stored is { IsFresh: true })
            {
                await (turn == 0 ? PageResponse.HitAsync(page, stored) : PageResponse.WriteAsync(page, stored, "platform; fwd=miss; collapsed"));
                return;
            }

            if (stored is not null) page.CacheStatus = "platform; fwd=stale";
            page.Stale = stored is not null && stored.IsUsable(options.StaleIfError) ? stored : null;
            var joined = turn == MaxTurns ? null : store.Flights.Join(full, begun.Local);
            if (joined is not { Leads: true } && stored is not null && stored.IsUsable(joined is null ? options.StaleIfError : options.StaleWhileRevalidate))
            {
                // One makes the next; or has failed to a moment ago.
                await PageResponse.StaleAsync(page, stored, joined is null ? "error" : "refreshing");
                return;
            }

            if (joined is null)
            {
                page.Slot = new(store, key, full, begun, null);
                await next(page);
                return;
            }

            if (joined.Value.Leads)
            {
                await LeadAsync(page, new(store, key, full, begun, joined.Value.Flight));
                return;
            }

            await joined.Value.Flight.Landed;
        }
    }

    private async Task LeadAsync(PageContext page, CacheSlot slot)
    {
        page.Slot = slot;
        var locked = slot.Key;
        if (logger.IsEnabled(LogLevel.Debug)) logger.LogDebug("made now: {Key}", slot.Key.Replace('\n', ':'));
        try
        {
            // The flight before this one may have landed just now; and of those who want a page, one asks Redis.
            (var found, locked) = await ElsewhereAsync(page, slot);
            if (found is not null)
            {
                slot.Flight!.Land();
                await PageResponse.HitAsync(page, found);
                return;
            }

            var from = Stopwatch.GetTimestamp();
            await next(page);
            store.Made(Stopwatch.GetElapsedTime(from));
        }
        finally
        {
            slot.Abandon();
            store.Release(locked);
        }
    }

    /// <summary>The page where another server has made it, or is making it now; and the key under which it is looked for by all of them.</summary>
    private async ValueTask<(CachedPage? Page, string Key)> ElsewhereAsync(PageContext page, CacheSlot slot)
    {
        var entry = store.Find(slot.Key) is CachedPage { IsFresh: true } here ? here : await store.FindInRedisAsync(slot.Base);
        var key = slot.Key;
        if (entry is PageVariants && FullKey(page, slot.Base) is { } full) entry = await store.FindInRedisAsync(key = full);
        if (await ValidAsync(page, entry) is { IsFresh: true } found) return (found, key);
        return (await ValidAsync(page, await store.AwaitOthersAsync(key)) is { IsFresh: true } made && FullKey(page, slot.Base) == key ? made : null, key);
    }

    private async ValueTask<CachedPage?> ValidAsync(PageContext page, StoredEntry? entry) =>
        entry is CachedPage stored && await validity.HoldsAsync(page, stored) ? stored : null;

    /// <summary>The key of the variant this request asks for, as far as is known; null where it is too long.</summary>
    private string? FullKey(PageContext page, string key)
    {
        if (store.Find(key) is not PageVariants variants) return key;
        Span<char> buffer = stackalloc char[PageKey.Longest];
        key.CopyTo(buffer);
        var length = key.Length;
        return PageKey.TryAppend(page, variants.Parts, buffer, ref length) ? buffer[..length].ToString() : null;
    }
}
