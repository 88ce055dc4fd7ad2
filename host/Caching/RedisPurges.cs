using Platform.Host.Configuration;
using Platform.Host.Redis;

namespace Platform.Host.Caching;

/// <summary>
/// The purges that all servers share: one growing sequence of numbers, and a sorted set with the number of each tag's last
/// purge. Every server looks at the sequence twice a second and fetches what is above the number it knows.
/// </summary>
/// <remarks>
/// The set's member "" is the purge of everything; it is there from the set's beginning, so a set that was lost or emptied
/// says that everything is purged. A sequence that is missing or went backwards lost purges: everything is purged, at a
/// number that no server has seen.
/// </remarks>
internal sealed class RedisPurges
{
    private const int MaxPending = 1000;
    private const int Page = 2000;
    private const int LongestTag = 1000;
    private const int LargestEntry = (3 * LongestTag) + 32;

    /// <summary>Keys: sequence, set. Values: the number known, the time in ms, the set's limit, channel, message, tags.</summary>
    private const string Script = """
        local n = redis.call('INCR', KEYS[1])
        if n == 1 or n <= tonumber(ARGV[1]) then
          n = math.max(tonumber(ARGV[1]) + 1, tonumber(ARGV[2]))
          redis.call('SET', KEYS[1], string.format('%.0f', n))
        end
        local score = string.format('%.0f', n)
        local size = redis.call('ZCARD', KEYS[2])
        local all = size == 0 or size + #ARGV - 5 > tonumber(ARGV[3])
        for i = 6, #ARGV do
          if ARGV[i] == '' then all = true end
        end
        if all then
          redis.call('UNLINK', KEYS[2])
          redis.call('ZADD', KEYS[2], score, '')
        else
          for i = 6, #ARGV do redis.call('ZADD', KEYS[2], score, ARGV[i]) end
        end
        redis.call('PUBLISH', ARGV[4], ARGV[5] .. score)
        return score
        """;

    private readonly RedisLink link;
    private readonly TimeProvider time;
    private readonly Action<IReadOnlyList<string?>> purged;
    private readonly string sequence;
    private readonly string set;
    private readonly string channel;
    private readonly string message;
    private readonly PurgeTable table = new();
    private readonly Lock gate = new();
    private readonly HashSet<string> pending = new(StringComparer.Ordinal);
    private string[] announcing = [];
    private long known = -1;

    /// <summary>Knows nothing until the first look.</summary>
    internal RedisPurges(RedisLink link, RedisOptions options, string self, TimeProvider time, Action<IReadOnlyList<string?>> purged)
    {
        (this.link, this.time, this.purged) = (link, time, purged);
        (sequence, set, channel) = ($"{options.Prefix}:purge", $"{options.Prefix}:purges", $"{options.Prefix}:messages");
        message = RedisMessage.Purge(self);
    }

    /// <summary>The last number known; -1 before the first look.</summary>
    internal long Known => Volatile.Read(ref known);

    /// <summary>True where purges of this server are still to be announced: what Redis holds can't be trusted until then.</summary>
    internal bool HasPending
    {
        get
        {
            lock (gate) return pending.Count > 0 || announcing.Length > 0;
        }
    }

    /// <summary>True where something that was begun at a number is gone.</summary>
    internal bool IsPurged(string[] tags, long begun) => table.IsPurged(tags, begun);

    /// <summary>Gives a purge its number and tells all servers; where Redis does not take it now, as soon as it does.</summary>
    /// <param name="tag">What is purged; null: everything.</param>
    internal async Task AnnounceAsync(string? tag)
    {
        // One that is longer would make what the others fetch too large: they drop everything.
        if (tag?.Length > LongestTag) tag = null;
        if (!link.IsUp)
        {
            Remember(tag ?? "");
            return;
        }

        try
        {
            var before = Known;
            var number = await RunAsync([tag ?? ""]);
            table.Enter(tag, number);
            // Other purges may lie between what was known and this one.
            if (Interlocked.CompareExchange(ref known, number, number - 1) != number - 1 && before < number) link.LookSoon();
        }
        catch (Exception exception)
        {
            Remember(tag ?? "");
            link.GoDown(exception);
        }
    }

    /// <summary>Announces what is pending, then takes in what the other servers have purged.</summary>
    internal async Task LookAsync()
    {
        await AnnouncePendingAsync();
        var before = Known;
        var found = await link.AskAsync(new("GET", sequence));
        if (!long.TryParse(found.AsText(), out var last) || last < before)
        {
            await PurgeAllAsync();
            return;
        }

        if (last == before) return;
        var (tags, highest) = await FetchAsync(before);
        if (highest < last)
        {
            await PurgeAllAsync();
            return;
        }

        // Who has just come can't tell what was purged while its pages were made.
        purged(before < 0 || tags.Contains(null) ? [null] : tags);
        Raise(last);
    }

    /// <summary>Heard of a purge.</summary>
    internal void Hear(long number)
    {
        if (number > Known) link.LookSoon();
    }

    private async Task<(List<string?> Tags, long Highest)> FetchAsync(long above)
    {
        var tags = new List<string?>();
        for (var (from, highest) = (above + 1, above); ;)
        {
            // By number, not by place: a tag that is purged again meanwhile moves up.
            var found = (await link.AskAsync(new("ZRANGEBYSCORE", set, from, "+inf", "WITHSCORES", "LIMIT", 0, Page) { MaxReplyBytes = Page * LargestEntry })).AsList();
            foreach (var entry in found.Chunk(2))
            {
                var tag = entry[0].AsText() is { Length: > 0 } name ? name : null;
                var number = (long)entry[^1].AsNumber();
                highest = Math.Max(highest, number);
                table.Enter(tag, number);
                tags.Add(tag);
            }

            if (found.Count < 2 * Page) return (tags, highest);
            from = highest;
        }
    }

    private async Task AnnouncePendingAsync()
    {
        string[] tags;
        lock (gate)
        {
            // What is purged from here on is pending anew: it may not be in the number that is asked for now.
            announcing = tags = [.. pending];
            pending.Clear();
        }

        if (tags.Length == 0) return;
        try
        {
            var number = await RunAsync(tags);
            foreach (var tag in tags) table.Enter(tag.Length == 0 ? null : tag, number);
        }
        catch
        {
            foreach (var tag in tags) Remember(tag);
            throw;
        }
        finally
        {
            lock (gate) announcing = [];
        }

        // They were purged here long ago, but what came out of Redis since may be from before.
        purged([.. tags.Select(tag => tag.Length == 0 ? null : tag)]);
    }

    private async Task PurgeAllAsync()
    {
        var number = await RunAsync([""]);
        table.Enter(null, number);
        purged([null]);
        Raise(number);
    }

    private async Task<long> RunAsync(IReadOnlyList<string> tags)
    {
        RedisArgument[] values = [Known, time.GetUtcNow().ToUnixTimeMilliseconds(), PurgeTable.MaxTags, channel, message, .. tags.Select(tag => (RedisArgument)tag)];
        return (await link.AskAsync(new(["EVAL", Script, 2, sequence, set, .. values]))).AsInteger();
    }

    private void Raise(long number)
    {
        for (var before = Known; before < number; before = Known)
        {
            if (Interlocked.CompareExchange(ref known, number, before) == before) return;
        }
    }

    private void Remember(string tag)
    {
        lock (gate)
        {
            if (pending.Contains("")) return;
            if (tag.Length == 0 || pending.Count >= MaxPending)
            {
                pending.Clear();
                tag = "";
            }

            pending.Add(tag);
        }
    }
}
