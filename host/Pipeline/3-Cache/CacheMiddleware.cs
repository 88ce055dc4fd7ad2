using Platform.Host.Caching;
using Platform.Host.Transport;

namespace Platform.Host.Pipeline;

/// <summary>
/// Step 3: a page that is stored is answered at once. Everything its key needs is known at the door. Of many requests for a
/// page that is not stored, one makes it.
/// </summary>
public sealed class CacheMiddleware(PageDelegate next, PageStore store, ILogger logger)
{
    private const int MaxTurns = 3;

    /// <summary>Answers from the store, or lets the page be made.</summary>
    public Task InvokeAsync(PageContext page)
    {
        if (!page.IsRead || !page.Generation.Options.Cache.Enabled) return PassAsync(page);
        Span<char> buffer = stackalloc char[512];
        if (!PageKey.TryWrite(page, buffer, out var length))
        {
            // A key that long is a query that long: not worth memory.
            page.CacheStatus = "platform; fwd=bypass; detail=long-key";
            return PassAsync(page);
        }

        var key = buffer[..length];
        return store.Find(key, page.Generation.Stamp) is { } found ? PageResponse.HitAsync(page, found) : MissAsync(page, key.ToString());
    }

    private async Task PassAsync(PageContext page)
    {
        await PoolThread.Switch();
        await next(page);
    }

    private async Task MissAsync(PageContext page, string key)
    {
        await PoolThread.Switch();
        if (page.Route.Route is { Cache.IsEnabled: false })
        {
            page.CacheStatus = "platform; fwd=bypass; detail=route";
            await next(page);
            return;
        }

        page.CacheStatus = "platform; fwd=miss";
        if (logger.IsEnabled(LogLevel.Debug)) logger.LogDebug("not stored: {Key}", PageKey.Show(key));
        for (var turn = 0; ; turn++)
        {
            var begun = store.Now;
            if (turn == MaxTurns || store.Flights.Join(key, begun.Local) is not { } joined)
            {
                page.Slot = new(store, key, begun, null);
                await next(page);
                return;
            }

            if (joined.Leads)
            {
                page.Slot = new(store, key, begun, joined.Flight);
                try
                {
                    // The flight before this one may have landed just now; and of those who want a page, one asks Redis.
                    if ((store.Find(key, page.Generation.Stamp) ?? await store.FindInRedisAsync(key, page.Generation.Stamp)) is { } found)
                    {
                        page.Slot.Flight!.Land(found);
                        await PageResponse.HitAsync(page, found);
                        return;
                    }

                    await next(page);
                }
                finally
                {
                    page.Slot.Abandon();
                }

                return;
            }

            if (await joined.Flight.Landed is { } made && made.Stamp == page.Generation.Stamp)
            {
                await PageResponse.WriteAsync(page, made, "platform; fwd=miss; collapsed");
                return;
            }
        }
    }
}
