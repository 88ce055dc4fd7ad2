using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Security;

namespace Platform.Bench.Parts;

/// <summary>Finding a stored page in memory.</summary>
public class Lookups
{
    private const int Count = 10_000;
    private readonly string[] keys = [.. Enumerable.Range(0, Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"www.example.com\n/news/article-{n}\ndefault"))];
    private readonly PageStore store = new(new Signer(new byte[32]), TimeProvider.System, NullLogger.Instance);
    private int at;

    [GlobalSetup]
    public void Fill()
    {
        store.Configure(new CacheOptions(), new RedisOptions());
        foreach (var key in keys)
        {
            var page = new CachedPage
            {
                Body = new byte[100],
                ContentType = "text/html; charset=utf-8",
                CacheControl = "public, no-cache",
                Vary = "Accept-Encoding",
                Headers = [],
                Tags = [],
                Key = key,
                Dependencies = [],
                Stamp = "",
                Made = DateTimeOffset.UtcNow,
                Life = TimeSpan.FromHours(1),
            };
            for (var turn = 0; turn < 2; turn++)
            {
                store.Store(key, page, store.Now);
                store.Find(key);
            }
        }

        if (keys.Count(key => store.Find(key) is not null) is < Count and var found) throw new InvalidOperationException($"{found} pages found; expected all {Count} that were stored.");
    }

    [Benchmark(Description = "lookup, one page")]
    public StoredEntry? One() => store.Find(keys[0]);

    [Benchmark(Description = "lookup, 10,000 in turn")]
    public StoredEntry? Many() => store.Find(keys[at = (at + 7919) % Count]);

    [Benchmark(Description = "lookup, not stored")]
    public StoredEntry? Unknown() => store.Find("www.example.com\n/no-such-page\ndefault");
}
