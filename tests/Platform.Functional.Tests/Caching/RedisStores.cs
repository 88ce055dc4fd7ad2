using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Security;

namespace Platform.Functional.Tests.Caching;

/// <summary>Page stores, each of a server of its own, on one real Redis.</summary>
internal sealed class RedisStores : IAsyncDisposable
{
    private readonly List<PageStore> stores = [];

    internal RedisServer Redis { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores) await store.DisposeAsync();
        await Redis.DisposeAsync();
    }

    internal async Task StartAsync() => Redis = await RedisServer.StartAsync();

    internal static CachedPage Page(string key, params string[] tags) => Page(key, TimeSpan.FromMinutes(10), tags);

    internal static CachedPage Page(string key, TimeSpan life, params string[] tags) => new()
    {
        Body = Encoding.UTF8.GetBytes($"{key} {Guid.NewGuid()}"),
        ContentType = "text/plain",
        CacheControl = "no-cache",
        Vary = "Accept-Encoding",
        Headers = [],
        Tags = tags,
        Key = key,
        Dependencies = [],
        Stamp = "stamp",
        Made = DateTimeOffset.UtcNow,
        Life = life,
    };

    internal static string Memory(PageStore store) => string.Join(' ', store.Entries().Select(item => item.Key).Order(StringComparer.Ordinal));

    internal static void Put(PageStore store, params (string Key, string[] Tags)[] pages)
    {
        foreach (var (key, tags) in pages) Assert.True(store.Store(key, Page(key, tags), store.Now));
    }

    internal async Task HoldsAsync(int count) =>
        await Eventually.Async($"Redis holds {count} values", () => Redis.AskAsync("--raw", "KEYS", "test:page:*"), keys => keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == count);

    /// <summary>A store of a server of its own, once it is up.</summary>
    internal async Task<PageStore> StoreAsync(string? connection = null)
    {
        Assert.True(HostPort.TryParse(connection ?? Redis.Connection, out var endpoint, out _));
        var store = new PageStore(new Signer(new byte[32]), TimeProvider.System, NullLogger.Instance);
        stores.Add(store);
        store.Configure(new CacheOptions { Strategy = CacheStrategy.Hybrid }, new RedisOptions { Endpoints = [endpoint], Prefix = "test", Timeout = TimeSpan.FromMilliseconds(500) });
        await Eventually.Async("the store is connected", () => Task.FromResult(store.Redis!.IsUp), isUp => isUp);
        return store;
    }
}
