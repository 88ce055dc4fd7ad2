using Platform.Host.Caching;

namespace Platform.Functional.Tests.Caching;

/// <summary>Several page stores on a real Redis: what one purges all lose, and no more.</summary>
public sealed class RedisPurgeTests : IAsyncLifetime
{
    private readonly RedisStores stores = new();

    public async ValueTask InitializeAsync() => await stores.StartAsync();

    public ValueTask DisposeAsync() => stores.DisposeAsync();

    [Fact]
    public async Task PurgeOfATag_DropsExactlyItsPages_HereThereAndInRedis()
    {
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync());
        RedisStores.Put(first, ("a", ["news"]), ("b", ["list"]), ("c", []));
        first.StoreVariants("d", new(true, false, [], [], []), first.Now);
        await stores.HoldsAsync(4);
        foreach (var key in new[] { "a", "b", "c", "d" }) Assert.NotNull(await second.FindInRedisAsync(key));
        Assert.Equal(new KeyParts(true, false, [], [], []), (second.Find("d") as PageVariants)?.Parts);

        await first.ClearAsync("news");
        await Eventually.Async("the other server has lost the page", () => Task.FromResult(RedisStores.Memory(second)), keys => keys == "b c d");
        Assert.Equal("b c d", RedisStores.Memory(first));
        // Who comes new knows what was purged before.
        var third = await stores.StoreAsync();
        foreach (var store in new[] { first, second, third })
        {
            Assert.Null(await store.FindInRedisAsync("a"));
            Assert.NotNull(await store.FindInRedisAsync("b"));
        }

        RedisStores.Put(first, ("a", ["news"]));
        await Eventually.Async("what was made since is shared", () => second.FindInRedisAsync("a").AsTask(), page => page is not null);
        await second.ClearAsync();
        foreach (var store in new[] { first, third }) await Eventually.Async("all pages are lost", () => Task.FromResult(RedisStores.Memory(store)), keys => keys.Length == 0);
        Assert.Null(await third.FindInRedisAsync("c"));
    }

    [Fact]
    public async Task Server_CutOff_KnowsWhatWasPurged_BeforeItReadsAgain()
    {
        await using var wire = new Wire(stores.Redis.Port);
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync(wire.Connection));
        RedisStores.Put(first, ("a", ["news"]), ("b", ["list"]), ("c", ["own"]));
        await stores.HoldsAsync(3);
        foreach (var key in new[] { "a", "b", "c" }) Assert.NotNull(await second.FindInRedisAsync(key));

        wire.Cut();
        await first.ClearAsync("news");
        await Eventually.Async("the server sees that it is cut off", () => Task.FromResult(second.Redis!.IsUp), isUp => !isUp);
        await second.ClearAsync("own");
        Assert.Equal("a b", RedisStores.Memory(second));
        Assert.Equal("b c", RedisStores.Memory(first));

        wire.Heal();
        await Eventually.Async("it is back", () => Task.FromResult(second.Redis!.IsUp), isUp => isUp);
        Assert.Equal("b", RedisStores.Memory(second));
        await Eventually.Async("what it purged meanwhile is purged everywhere", () => Task.FromResult(RedisStores.Memory(first)), keys => keys == "b");
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
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync());
        RedisStores.Put(first, ("a", ["news"]));
        await stores.HoldsAsync(1);
        Assert.NotNull(await second.FindInRedisAsync("a"));
        await stores.Redis.AskAsync(command);
        foreach (var store in new[] { first, second }) await Eventually.Async("nothing is known of the purges, so nothing is kept", () => Task.FromResult(RedisStores.Memory(store)), keys => keys.Length == 0);

        // And from then on it is as ever.
        await Eventually.Async("both know the new sequence", () => Task.FromResult((first.Now.Shared, second.Now.Shared)), now => now.Item1 == now.Item2);
        RedisStores.Put(first, ("b", ["list"]), ("c", ["news"]));
        await Eventually.Async("pages are shared", () => second.FindInRedisAsync("b").AsTask(), page => page is not null);
        await Eventually.Async("pages are shared", () => second.FindInRedisAsync("c").AsTask(), page => page is not null);
        await second.ClearAsync("news");
        await Eventually.Async("purges are shared", () => Task.FromResult(RedisStores.Memory(first)), keys => keys == "b");
    }

    [Fact]
    public async Task SetOfPurges_ThatWasLost_PurgesEverythingForWhoComesNew()
    {
        var first = await stores.StoreAsync();
        RedisStores.Put(first, ("a", ["news"]));
        await stores.HoldsAsync(1);
        await first.ClearAsync("list");
        await stores.Redis.AskAsync("DEL", "test:purges");
        var second = await stores.StoreAsync();
        Assert.Null(await second.FindInRedisAsync("a"));
        await Eventually.Async("the others follow", () => Task.FromResult(RedisStores.Memory(first)), keys => keys.Length == 0);
    }

    [Fact]
    public async Task ThousandsOfPurges_ReachTheOthers()
    {
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync());
        var tags = Enumerable.Range(0, 5000).Select(n => $"tag {n}").ToArray();
        foreach (var tag in tags.Where((_, n) => n % 500 == 0)) second.Store(tag, RedisStores.Page(tag, tag), second.Now);
        second.Store("kept", RedisStores.Page("kept", "no such tag"), second.Now);
        await Task.WhenAll(tags.Select(first.ClearAsync));
        await Eventually.Async("the purged pages are gone", () => Task.FromResult(RedisStores.Memory(second)), keys => keys == "kept");
        // Who comes new fetches them in parts.
        var third = await stores.StoreAsync();
        await Eventually.Async("all know the same", () => Task.FromResult((first.Now.Shared, second.Now.Shared)), now => now == (third.Now.Shared, third.Now.Shared));
    }
}
