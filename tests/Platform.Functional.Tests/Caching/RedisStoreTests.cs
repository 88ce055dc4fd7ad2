using Platform.Host.Caching;

namespace Platform.Functional.Tests.Caching;

/// <summary>Several page stores on a real Redis: one makes what all want, and what is no page of theirs is none.</summary>
public sealed class RedisStoreTests : IAsyncLifetime
{
    private readonly RedisStores stores = new();

    public async ValueTask InitializeAsync() => await stores.StartAsync();

    public ValueTask DisposeAsync() => stores.DisposeAsync();

    [Fact]
    public async Task Redis_ThatTakesNoWrites_IsReadUntilSomethingIsPurged()
    {
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync());
        RedisStores.Put(first, ("a", ["news"]), ("b", ["list"]));
        await stores.HoldsAsync(2);
        await stores.Redis.AskAsync("CONFIG", "SET", "maxmemory", "1");
        Assert.True(second.Store("c", RedisStores.Page("c"), second.Now));
        Assert.NotNull(await second.FindInRedisAsync("b"));
        Assert.Null(await second.AwaitOthersAsync("d"));
        Assert.True(second.Redis!.IsUp);

        // The others can't be told, so what Redis holds of the tag may be read by nobody here.
        await second.ClearAsync("news");
        Assert.Null(await second.FindInRedisAsync("a"));
        Assert.False(second.Redis.IsUp);
        await stores.Redis.AskAsync("CONFIG", "SET", "maxmemory", "0");
        await Eventually.Async("the purge is told once Redis takes it", () => Task.FromResult(RedisStores.Memory(first)), keys => keys == "b");
        await Eventually.Async("and Redis is read again", () => second.FindInRedisAsync("b").AsTask(), page => page is not null);
        Assert.Null(await second.FindInRedisAsync("a"));
    }

    [Theory]
    [InlineData("not a frame")]
    [InlineData("PPG1 an older frame")]
    public async Task Value_ThatIsNoFrame_IsAMiss_Counted_AndGone(string value)
    {
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync());
        RedisStores.Put(first, ("a", []));
        await stores.HoldsAsync(1);
        var name = await stores.Redis.AskAsync("--raw", "KEYS", "test:page:*");
        foreach (var bad in new[] { value, new string('x', 2_000_000) })
        {
            var before = second.RefusedFrames;
            await stores.Redis.AskAsync("SET", name, bad.Length < 1000 ? bad : "");
            if (bad.Length > 1000) await stores.Redis.AskAsync("SETRANGE", name, "2000000", "x");
            Assert.Null(await second.FindInRedisAsync("a"));
            Assert.Equal(before + 1, second.RefusedFrames);
            await Eventually.Async("the value is deleted", () => stores.Redis.AskAsync("EXISTS", name), exists => exists == "0");
        }

        await stores.Redis.AskAsync("LPUSH", name, "x");
        Assert.Null(await second.FindInRedisAsync("a"));
        await Eventually.Async("the list is deleted", () => stores.Redis.AskAsync("EXISTS", name), exists => exists == "0");
        Assert.True(second.Redis!.IsUp);
    }

    [Fact]
    public async Task OnePage_WantedByThreeServers_IsMadeByOne()
    {
        PageStore[] all = [await stores.StoreAsync(), await stores.StoreAsync(), await stores.StoreAsync()];
        for (var turn = 0; turn < 20; turn++)
        {
            var key = $"page {turn}";
            var found = await Task.WhenAll(all.Select(async store =>
            {
                var begun = store.Now;
                var others = await store.AwaitOthersAsync(key);
                if (others is null) Assert.True(store.Store(key, RedisStores.Page(key), begun));
                return others;
            }));
            Assert.Equal(2, found.OfType<CachedPage>().Count(page => page.Key == key));
            Assert.Equal([key], all.Select(store => ((CachedPage)store.Find(key)!).Key).Distinct());
        }
    }

    [Fact]
    public async Task OnePage_ThatIsTooOld_IsNotTakenForTheNewOne()
    {
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync());
        first.Store("a", RedisStores.Page("a", TimeSpan.FromSeconds(-5)), first.Now);
        await stores.HoldsAsync(1);
        Assert.False(Assert.IsType<CachedPage>(await second.FindInRedisAsync("a")).IsFresh);
        Assert.Null(await first.AwaitOthersAsync("a"));
        var waiting = second.AwaitOthersAsync("a").AsTask();
        first.Store("a", RedisStores.Page("a"), first.Now);
        Assert.True(Assert.IsType<CachedPage>(await waiting).IsFresh);
    }

    [Fact]
    public async Task Lock_GivenBackOrLeftBehind_LetsTheNextMakeThePage()
    {
        var (first, second) = (await stores.StoreAsync(), await stores.StoreAsync());
        Assert.Null(await first.AwaitOthersAsync("a"));
        var waiting = second.AwaitOthersAsync("a").AsTask();
        first.Release("a");
        Assert.Null(await waiting);
        // The first no longer holds it: it can't give the second's back.
        first.Release("a");
        Assert.Equal("1", await stores.Redis.AskAsync("EXISTS", await stores.Redis.AskAsync("--raw", "KEYS", "test:lock:*")));
        // The second is gone with its lock.
        Assert.Null(await first.AwaitOthersAsync("a"));
        await Eventually.Async("a lock ends by itself", () => stores.Redis.AskAsync("--raw", "KEYS", "test:lock:*"), keys => keys.Length == 0);
    }
}
