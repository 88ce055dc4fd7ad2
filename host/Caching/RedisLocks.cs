using System.Collections.Concurrent;

namespace Platform.Host.Caching;

/// <summary>Short locks on the making of pages, so that of several servers one makes a page. A lock ends by itself: who holds it may be gone.</summary>
internal sealed class RedisLocks(RedisLink link)
{
    private const int MaxHeld = 10_000;

    /// <summary>Longer than anybody waits for the page. Who holds a lock for longer is gone, or makes a page that is better made twice.</summary>
    private static readonly TimeSpan Life = MakingTime.AtMost * 1.25;

    private const string GiveBack = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """;

    private readonly ConcurrentDictionary<string, string> held = new(StringComparer.Ordinal);

    /// <summary>Tries to take a lock.</summary>
    /// <param name="name">Its key in Redis.</param>
    /// <param name="token">Known to nobody else.</param>
    internal async Task<bool> TakeAsync(string name, string token) =>
        (await link.AskAsync(new("SET", name, token, "NX", "PX", (long)Life.TotalMilliseconds))).AsText() is not null;

    /// <summary>Remembers a lock that was taken.</summary>
    internal void Hold(string name, string token)
    {
        if (held.Count >= MaxHeld) held.Clear();
        held[name] = token;
    }

    /// <summary>Gives a lock back that is held here, without waiting; commands sent before it are carried out first.</summary>
    internal void Release(string name)
    {
        if (held.TryRemove(name, out var token)) link.Tell(new("EVAL", GiveBack, 1, name, token));
    }
}
