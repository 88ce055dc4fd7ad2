using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Security;

namespace Platform.Functional.Tests.Caching;

/// <summary>Several page stores on a real Redis: what one purges all lose, and no more; one makes what all want.</summary>
public sealed class RedisStoreTests : IAsyncLifetime
{
    private readonly List<PageStore> stores = [];
    private RedisServer redis = null!;

    public async ValueTask InitializeAsync() => redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores) await store.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task PurgeOfATag_DropsExactlyItsPages_HereThereAndInRedis()
    {
        var (first, second) = (await StoreAsync(), await StoreAsync());
        await PutAsync(first, ("a", ["news"]), ("b", ["list"]), ("c", []));
        first.StoreVariants("d", new(true, false, [], [], []), first.Now);
        await HoldsAsync(4);
        foreach (var key in new[] { "a", "b", "c", "d" }) Assert.NotNull(await second.FindInRedisAsync(key));
        Assert.Equal(new KeyParts(true, false, [], [], []), (second.Find("d") as PageVariants)?.Parts);

        await first.ClearAsync("news");
        await Eventually.Async("the other server has lost the page", () => Task.FromResult(Memory(second)), keys => keys == "b c d");
        Assert.Equal("b c d", Memory(first));
        // Who comes new knows what was purged before.
        var third = await StoreAsync();
        foreach (var store in new[] { first, second, third })
        {
            Assert.Null(await store.FindInRedisAsync("a"));
            Assert.NotNull(await store.FindInRedisAsync("b"));
        }

        await PutAsync(first, ("a", ["news"]));
        await Eventually.Async("what was made since is shared", () => second.FindInRedisAsync("a").AsTask(), page => page is not null);
        await second.ClearAsync();
        foreach (var store in new[] { first, third }) await Eventually.Async("all pages are lost", () => Task.FromResult(Memory(store)), keys => keys.Length == 0);
        Assert.Null(await third.FindInRedisAsync("c"));
    }

    [Fact]
    public async Task Server_CutOff_KnowsWhatWasPurged_BeforeItReadsAgain()
    {
        await using var wire = new Wire(redis.Port);
        var (first, second) = (await StoreAsync(), await StoreAsync(wire.Connection));
        await PutAsync(first, ("a", ["news"]), ("b", ["list"]), ("c", ["own"]));
        await HoldsAsync(3);
        foreach (var key in new[] { "a", "b", "c" }) Assert.NotNull(await second.FindInRedisAsync(key));

        wire.Cut();
        await first.ClearAsync("news");
        await Eventually.Async("the server sees that it is cut off", () => Task.FromResult(second.Redis!.IsUp), isUp => !isUp);
        await second.ClearAsync("own");
        Assert.Equal("a b", Memory(second));
        Assert.Equal("b c", Memory(first));

        wire.Heal();
        await Eventually.Async("it is back", () => Task.FromResult(second.Redis!.IsUp), isUp => isUp);
        Assert.Equal("b", Memory(second));
        await Eventually.Async("what it purged meanwhile is purged everywhere", () => Task.FromResult(Memory(first)), keys => keys == "b");
        Assert.Null(await second.FindInRedisAsync("a"));
        Assert.Null(await second.FindInRedisAsync("c"));
        Assert.NotNull(await second.FindInRedisAsync("b"));
    }

    [Theory]
    [InlineData("FLUSHALL")]
    [InlineData("DEL", "test:purge")]
    [InlineData("SET", "test:purge", "5")]
    public async Task Sequence_LostOrSetBack_PurgesEverything(params string[] command)
    {
        var (first, second) = (await StoreAsync(), await StoreAsync());
        await PutAsync(first, ("a", ["news"]));
        await HoldsAsync(1);
        Assert.NotNull(await second.FindInRedisAsync("a"));
        await redis.AskAsync(command);
        foreach (var store in new[] { first, second }) await Eventually.Async("nothing is known of the purges, so nothing is kept", () => Task.FromResult(Memory(store)), keys => keys.Length == 0);

        // And from then on it is as ever.
        await Eventually.Async("both know the new sequence", () => Task.FromResult((first.Now.Shared, second.Now.Shared)), now => now.Item1 == now.Item2);
        await PutAsync(first, ("b", ["list"]), ("c", ["news"]));
        await Eventually.Async("pages are shared", () => second.FindInRedisAsync("b").AsTask(), page => page is not null);
        await Eventually.Async("pages are shared", () => second.FindInRedisAsync("c").AsTask(), page => page is not null);
        await second.ClearAsync("news");
        await Eventually.Async("purges are shared", () => Task.FromResult(Memory(first)), keys => keys == "b");
    }

    [Fact]
    public async Task SetOfPurges_ThatWasLost_PurgesEverythingForWhoComesNew()
    {
        var first = await StoreAsync();
        await PutAsync(first, ("a", ["news"]));
        await HoldsAsync(1);
        await first.ClearAsync("list");
        await redis.AskAsync("DEL", "test:purges");
        var second = await StoreAsync();
        Assert.Null(await second.FindInRedisAsync("a"));
        await Eventually.Async("the others follow", () => Task.FromResult(Memory(first)), keys => keys.Length == 0);
    }

    [Fact]
    public async Task Redis_ThatTakesNoWrites_IsReadUntilSomethingIsPurged()
    {
        var (first, second) = (await StoreAsync(), await StoreAsync());
        await PutAsync(first, ("a", ["news"]), ("b", ["list"]));
        await HoldsAsync(2);
        await redis.AskAsync("CONFIG", "SET", "maxmemory", "1");
        Assert.True(second.Store("c", Page("c"), second.Now));
        Assert.NotNull(await second.FindInRedisAsync("b"));
        Assert.Null(await second.AwaitOthersAsync("d"));
        Assert.True(second.Redis!.IsUp);

        // The others can't be told, so what Redis holds of the tag may be read by nobody here.
        await second.ClearAsync("news");
        Assert.Null(await second.FindInRedisAsync("a"));
        Assert.False(second.Redis.IsUp);
        await redis.AskAsync("CONFIG", "SET", "maxmemory", "0");
        await Eventually.Async("the purge is told once Redis takes it", () => Task.FromResult(Memory(first)), keys => keys == "b");
        await Eventually.Async("and Redis is read again", () => second.FindInRedisAsync("b").AsTask(), page => page is not null);
        Assert.Null(await second.FindInRedisAsync("a"));
    }

    [Fact]
    public async Task ThousandsOfPurges_ReachTheOthers()
    {
        var (first, second) = (await StoreAsync(), await StoreAsync());
        var tags = Enumerable.Range(0, 5000).Select(n => $"tag {n}").ToArray();
        foreach (var tag in tags.Where((_, n) => n % 500 == 0)) second.Store(tag, Page(tag, tag), second.Now);
        second.Store("kept", Page("kept", "no such tag"), second.Now);
        await Task.WhenAll(tags.Select(first.ClearAsync));
        await Eventually.Async("the purged pages are gone", () => Task.FromResult(Memory(second)), keys => keys == "kept");
        // Who comes new fetches them in parts.
        var third = await StoreAsync();
        await Eventually.Async("all know the same", () => Task.FromResult((first.Now.Shared, second.Now.Shared)), now => now == (third.Now.Shared, third.Now.Shared));
    }

    [Theory]
    [InlineData("not a frame")]
    [InlineData("PPG1 an older frame")]
    public async Task Value_ThatIsNoFrame_IsAMiss_Counted_AndGone(string value)
    {
        var (first, second) = (await StoreAsync(), await StoreAsync());
        await PutAsync(first, ("a", []));
        await HoldsAsync(1);
        var name = await redis.AskAsync("--raw", "KEYS", "test:page:*");
        foreach (var bad in new[] { value, new string('x', 2_000_000) })
        {
            var before = second.RefusedFrames;
            await redis.AskAsync("SET", name, bad.Length < 1000 ? bad : "");
            if (bad.Length > 1000) await redis.AskAsync("SETRANGE", name, "2000000", "x");
            Assert.Null(await second.FindInRedisAsync("a"));
            Assert.Equal(before + 1, second.RefusedFrames);
            await Eventually.Async("the value is deleted", () => redis.AskAsync("EXISTS", name), exists => exists == "0");
        }

        await redis.AskAsync("LPUSH", name, "x");
        Assert.Null(await second.FindInRedisAsync("a"));
        await Eventually.Async("the list is deleted", () => redis.AskAsync("EXISTS", name), exists => exists == "0");
        Assert.True(second.Redis!.IsUp);
    }

    [Fact]
    public async Task OnePage_WantedByThreeServers_IsMadeByOne()
    {
        PageStore[] all = [await StoreAsync(), await StoreAsync(), await StoreAsync()];
        for (var turn = 0; turn < 20; turn++)
        {
            var key = $"page {turn}";
            var found = await Task.WhenAll(all.Select(async store =>
            {
                var begun = store.Now;
                var others = await store.AwaitOthersAsync(key);
                if (others is null) Assert.True(store.Store(key, Page(key), begun));
                return others;
            }));
            Assert.Equal(2, found.OfType<CachedPage>().Count(page => page.Key == key));
            Assert.Equal([key], all.Select(store => ((CachedPage)store.Find(key)!).Key).Distinct());
        }
    }

    [Fact]
    public async Task OnePage_ThatIsTooOld_IsNotTakenForTheNewOne()
    {
        var (first, second) = (await StoreAsync(), await StoreAsync());
        first.Store("a", Page("a", TimeSpan.FromSeconds(-5)), first.Now);
        await HoldsAsync(1);
        Assert.False(Assert.IsType<CachedPage>(await second.FindInRedisAsync("a")).IsFresh);
        Assert.Null(await first.AwaitOthersAsync("a"));
        var waiting = second.AwaitOthersAsync("a").AsTask();
        first.Store("a", Page("a"), first.Now);
        Assert.True(Assert.IsType<CachedPage>(await waiting).IsFresh);
    }

    [Fact]
    public async Task Lock_GivenBackOrLeftBehind_LetsTheNextMakeThePage()
    {
        var (first, second) = (await StoreAsync(), await StoreAsync());
        Assert.Null(await first.AwaitOthersAsync("a"));
        var waiting = second.AwaitOthersAsync("a").AsTask();
        first.Release("a");
        Assert.Null(await waiting);
        // The first no longer holds it: it can't give the second's back.
        first.Release("a");
        Assert.Equal("1", await redis.AskAsync("EXISTS", await redis.AskAsync("--raw", "KEYS", "test:lock:*")));
        // The second is gone with its lock.
        Assert.Null(await first.AwaitOthersAsync("a"));
        await Eventually.Async("a lock ends by itself", () => redis.AskAsync("--raw", "KEYS", "test:lock:*"), keys => keys.Length == 0);
    }

    private static CachedPage Page(string key, params string[] tags) => Page(key, TimeSpan.FromMinutes(10), tags);

    private static CachedPage Page(string key, TimeSpan life, params string[] tags) => new()
    {
        Body = System.Text.Encoding.UTF8.GetBytes($"{key} {Guid.NewGuid()}"),
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

    private static string Memory(PageStore store) => string.Join(' ', store.Entries().Select(item => item.Key).Order(StringComparer.Ordinal));

    private static Task PutAsync(PageStore store, params (string Key, string[] Tags)[] pages)
    {
        foreach (var (key, tags) in pages) Assert.True(store.Store(key, Page(key, tags), store.Now));
        return Task.CompletedTask;
    }

    private async Task HoldsAsync(int count) =>
        await Eventually.Async($"Redis holds {count} values", () => redis.AskAsync("--raw", "KEYS", "test:page:*"), keys => keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == count);

    /// <summary>A store of a server of its own, once it is up.</summary>
    private async Task<PageStore> StoreAsync(string? connection = null)
    {
        Assert.True(HostPort.TryParse(connection ?? redis.Connection, out var endpoint, out _));
        var store = new PageStore(new Signer(new byte[32]), TimeProvider.System, NullLogger.Instance);
        stores.Add(store);
        store.Configure(new CacheOptions { Strategy = CacheStrategy.Hybrid }, new RedisOptions { Endpoints = [endpoint], Prefix = "test", Timeout = TimeSpan.FromMilliseconds(500) });
        await Eventually.Async("the store is connected", () => Task.FromResult(store.Redis!.IsUp), isUp => isUp);
        return store;
    }
}
