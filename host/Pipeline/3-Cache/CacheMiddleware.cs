using System.Runtime.CompilerServices;
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
    [SkipLocalsInit]
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
        var (options, parts) = (page.Generation.Options.Cache, KeyParts.None);
        for (var turn = 0; ; turn++)
        {
            var begun = store.Now;
            if (store.Find(key) is PageVariants variants) parts = variants.Parts.Union(parts);
            if (PageKey.Of(page, key, parts) is not { } full)
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
                page.Slot = new(store, key, full, parts, begun, null);
                await next(page);
                return;
            }

            if (joined.Value.Leads)
            {
                await LeadAsync(page, new(store, key, full, parts, begun, joined.Value.Flight));
                return;
            }

            if (await joined.Value.Flight.Landed is not { } landing) continue;
            // Where the page has variants, who has waited knows by now which one is theirs.
            parts = landing.Parts.Union(parts);
            if (PageKey.Of(page, key, parts) == landing.Key && await ValidAsync(page, landing.Page) is { IsFresh: true } made)
            {
                await PageResponse.WriteAsync(page, made, "platform; fwd=miss; collapsed");
                return;
            }
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
            (var found, slot) = await ElsewhereAsync(page, slot);
            (page.Slot, locked) = (slot, slot.Key);
            if (found is not null)
            {
                slot.Flight!.Land(new(slot.Key, slot.Known, found));
                await PageResponse.HitAsync(page, found);
                return;
            }

            using var making = store.Making();
            await next(page);
        }
        finally
        {
            slot.Abandon();
            store.Release(locked);
        }
    }

    /// <summary>The page where another server has made it, or is making it now; and the slot, of the key under which it is looked for by all of them.</summary>
    private async ValueTask<(CachedPage? Page, CacheSlot Slot)> ElsewhereAsync(PageContext page, CacheSlot slot)
    {
        if (await ValidAsync(page, store.Find(slot.Key)) is { IsFresh: true } here) return (here, slot);
        var entry = await store.FindInRedisAsync(slot.Base);
        for (var isAwaited = false; ; isAwaited = true)
        {
            if (entry is PageVariants variants && PageKey.Of(page, slot.Base, variants.Parts.Union(slot.Known)) is { } key)
            {
                slot = slot with { Key = key, Known = variants.Parts.Union(slot.Known) };
                entry = await store.FindInRedisAsync(key);
            }

            if (await ValidAsync(page, entry) is { IsFresh: true } found) return (found, slot);
            if (isAwaited) return (null, slot);
            entry = await store.AwaitOthersAsync(slot.Key);
        }
    }

    private async ValueTask<CachedPage?> ValidAsync(PageContext page, StoredEntry? entry) =>
        entry is CachedPage stored && await validity.HoldsAsync(page, stored) ? stored : null;
}
