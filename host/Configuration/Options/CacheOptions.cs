namespace Platform.Host.Configuration;

/// <summary>Where pages are kept.</summary>
public enum CacheStrategy
{
    /// <summary>In this server's memory.</summary>
    Memory,

    /// <summary>In Redis alone.</summary>
    Redis,

    /// <summary>In this server's memory, in front of Redis.</summary>
    Hybrid,
}

/// <summary>The section <c>cache</c>: how pages are kept.</summary>
public sealed record CacheOptions
{
    /// <summary><c>enabled</c>: whether pages are kept at all. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>strategy</c>: memory, redis or hybrid. Default: hybrid where <c>redis.connection</c> is set, else memory.</summary>
    public CacheStrategy Strategy { get; init; }

    /// <summary><c>ttl</c>: how long a page is kept unless it says otherwise, 1 to 31,536,000 s. Default: 3,600 s.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(3600);

    /// <summary><c>max_size_mb</c>: the memory for pages in bytes; 1 to 65,536 MB. Default: 64 MB.</summary>
    public long MaxSizeBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary><c>max_entry_kb</c>: the largest page that is kept in bytes; 1 to 65,536 KB. Default: 1,024 KB.</summary>
    public long MaxEntryBytes { get; init; } = 1024L * 1024;

    /// <summary><c>stale_while_revalidate</c>: for how long a page that is too old is still shown while one request makes it anew, 0 to 86,400 s. Default: 60 s.</summary>
    public TimeSpan StaleWhileRevalidate { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>stale_if_error</c>: for how long a page that is too old is still shown where it can't be made anew, 0 to 86,400 s. Default: 300 s.</summary>
    public TimeSpan StaleIfError { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long pages are kept once they are too old.</summary>
    public TimeSpan LongestStale => StaleWhileRevalidate > StaleIfError ? StaleWhileRevalidate : StaleIfError;

    /// <summary><c>ignore_query</c>: query parameters that change no page; they are neither part of its key nor shown to it. Default: utm_*, fbclid, gclid.</summary>
    public QueryNames IgnoreQuery { get; init; } = new(["utm_*", "fbclid", "gclid"]);

    /// <summary>A life up to a tenth shorter, at random, so that pages made together do not grow too old together.</summary>
    public static TimeSpan Jittered(TimeSpan life) => life - (life * (Random.Shared.NextDouble() / 10));

    internal static CacheOptions Read(SectionReader section, RedisOptions redis)
    {
        var fallback = new CacheOptions { Strategy = redis.IsConfigured ? CacheStrategy.Hybrid : CacheStrategy.Memory };
        var options = new CacheOptions
        {
            Enabled = section.Flag("enabled", fallback.Enabled),
            Strategy = section.Choice("strategy", fallback.Strategy, ("memory", CacheStrategy.Memory), ("redis", CacheStrategy.Redis), ("hybrid", CacheStrategy.Hybrid)),
            TimeToLive = TimeSpan.FromSeconds(section.Number("ttl", (int)fallback.TimeToLive.TotalSeconds, 1, 31_536_000, "seconds")),
            MaxSizeBytes = section.Number("max_size_mb", (int)(fallback.MaxSizeBytes >> 20), 1, 65_536, "megabytes") * 1024L * 1024,
            MaxEntryBytes = section.Number("max_entry_kb", (int)(fallback.MaxEntryBytes >> 10), 1, 65_536, "kilobytes") * 1024L,
            StaleWhileRevalidate = TimeSpan.FromSeconds(section.Number("stale_while_revalidate", (int)fallback.StaleWhileRevalidate.TotalSeconds, 0, 86_400, "seconds")),
            StaleIfError = TimeSpan.FromSeconds(section.Number("stale_if_error", (int)fallback.StaleIfError.TotalSeconds, 0, 86_400, "seconds")),
            IgnoreQuery = new(section.List<string>("ignore_query", [.. fallback.IgnoreQuery], QueryNames.TryParse)),
        };
        if (options.Strategy != CacheStrategy.Memory && !redis.IsConfigured) section.Refuse("strategy", "needs Redis; expected memory where redis.connection is empty. Set redis.connection, or leave strategy out.");
        if (options.MaxEntryBytes > options.MaxSizeBytes) section.Refuse("max_entry_kb", $"{options.MaxEntryBytes >> 10} KB; expected at most max_size_mb, which is {options.MaxSizeBytes >> 20} MB. Lower the one or raise the other.");
        section.Close();
        return options;
    }
}
