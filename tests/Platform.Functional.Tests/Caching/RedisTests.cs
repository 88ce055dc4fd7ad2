using System.Diagnostics;
using StackExchange.Redis;

namespace Platform.Functional.Tests.Caching;

/// <summary>Servers that share a Redis, and what becomes of a site when it is away.</summary>
public sealed class RedisTests
{
    [Fact]
    public async Task TwoServers_OnOneRedis_SharePagesEditsAndClears()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site, ("PLATFORM_SERVER__DATA_FOLDER", "data-of-the-second"));
        await UpAsync(first, second);

        var made = await first.GetAsync("/plain");
        await StoredAsync(redis, 1);
        var shared = await second.GetAsync("/plain");
        Assert.True(shared.IsHit, $"A page that one server made was not a hit on the other: {shared}");
        Assert.Equal((made.Text, made.Header("ETag")), (shared.Text, shared.Header("ETag")));
        Assert.Equal(0, await CallsAsync(second));
        Assert.True((await first.GetAsync("/plain")).IsHit);

        site.Theme("page", "edited {{made}}");
        foreach (var server in new[] { first, second }) await Eventually.Async("an edit of the shared folder is seen", () => server.GetAsync("/plain"), r => r.Text.StartsWith("edited", StringComparison.Ordinal));

        await Eventually.Async("both have the page", () => second.GetAsync("/plain"), r => r.IsHit);
        await first.GetAsync("/plain");
        // The data folder of the configuration is the first's: only it is asked.
        Assert.Equal((0, "dropped all pages\n", ""), await Command.RunAsync("cache", "clear", "--config", site.ConfigFile));
        Assert.False((await first.GetAsync("/plain")).IsHit, "After a clear the server itself still had the page.");
        var before = await CallsAsync(second);
        var fresh = await first.GetAsync("/plain");
        await Eventually.Async("the other server has dropped its page too, and takes the new one", () => second.GetAsync("/plain"), r => r.Text == fresh.Text);
    }

    [Fact]
    public async Task Redis_KilledUnderLoad_CostsNoRequest_AndComesBack()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis.Connection);
        await using var server = await RunningServer.StartAsync(site);
        await UpAsync(server);

        using var stop = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 3).Select(visitor => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                // One page in four is new, so that Redis is asked and written to.
                var reply = await server.GetAsync(count % 4 == 0 ? $"/query?n={visitor}-{count}" : "/plain");
                Assert.True(reply.Code == 200, $"While Redis came and went a page was: {reply}");
                await Task.Delay(2);
            }

            return count;
        })).ToList();

        await StoredAsync(redis, 5);
        await redis.KillAsync();
        await RedisStateAsync(server, "down");
        Assert.Equal("degraded", (await server.HealthAsync()).GetProperty("status").GetString());
        Assert.True((await server.GetAsync("/plain")).IsHit, "Without Redis a page in memory was not a hit.");
        await redis.RestartAsync();
        await RedisStateAsync(server, "up");
        await StoredAsync(redis, 5);
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(visitors), count => Assert.True(count > 20, $"A visitor saw only {count} pages."));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Redis_ThatHangs_IsNotFelt()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis.Connection);
        await using var server = await RunningServer.StartAsync(site);
        await UpAsync(server);
        await server.GetAsync("/query?n=warm");

        redis.Freeze();
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < 20; n++) Assert.Equal(200, (await server.GetAsync($"/query?n={n}")).Code);
        Assert.True(watch.ElapsedMilliseconds < 5000, $"20 pages took {watch.ElapsedMilliseconds} ms while Redis hung, with redis.timeout_ms at 500.");
        await RedisStateAsync(server, "down");
        redis.Thaw();
        await RedisStateAsync(server, "up");
    }

    [Fact]
    public async Task Redis_ThatWasNeverThere_StopsNothing()
    {
        using var site = Site($"127.0.0.1:{RedisServer.FreePort()}");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Contains("stored", (await server.GetAsync("/plain")).CacheStatus, StringComparison.Ordinal);
        Assert.True((await server.GetAsync("/plain")).IsHit);
        await RedisStateAsync(server, "down");
        Assert.Equal((0, "dropped all pages\n", ""), await Command.RunAsync("cache", "clear", "--config", site.ConfigFile));
        Assert.False((await server.GetAsync("/plain")).IsHit);
    }

    [Fact]
    public async Task StrategyRedis_KeepsNothingInMemory()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis.Connection).Configure("cache", "strategy: redis");
        await using var server = await RunningServer.StartAsync(site);
        await UpAsync(server);
        await server.GetAsync("/plain");
        await StoredAsync(redis, 1);
        Assert.True((await server.GetAsync("/plain")).IsHit);
        Assert.Equal(0, (await server.HealthAsync()).GetProperty("cache").GetProperty("pages").GetInt32());
        await redis.KillAsync();
        Assert.Equal((200, false), await server.GetAsync("/plain") is var reply ? (reply.Code, reply.IsHit) : default);
    }

    [Fact]
    public async Task Value_ThatIsNotWhatTheServerWrote_IsAMiss()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site);
        await UpAsync(first, second);
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        var database = connection.GetDatabase();

        (string Name, Func<byte[], byte[], byte[]> Change)[] poisons =
        [
            ("empty", (_, _) => []),
            ("text", (_, _) => "<h1>poison</h1>"u8.ToArray()),
            ("only the head", (own, _) => own[..36]),
            ("cut off", (own, _) => own[..^1]),
            ("longer", (own, _) => [.. own, 0]),
            ("one bit of the body changed", (own, _) => [.. own[..^5], (byte)(own[^5] ^ 1), .. own[^4..]]),
            ("one bit of the life changed", (own, _) => [.. own[..46], (byte)(own[46] ^ 1), .. own[47..]]),
            ("another page's value", (_, other) => other),
        ];
        await first.GetAsync("/plain");
        await StoredAsync(redis, 1);
        var other = (byte[])database.StringGet(Keys()[0])!;
        // The first of these also stores on what the page depends.
        await first.GetAsync("/query?poison=none");
        await StoredAsync(redis, 3);
        var known = Keys();
        foreach (var (name, change) in poisons)
        {
            var path = $"/query?poison={Uri.EscapeDataString(name)}";
            var good = await first.GetAsync(path);
            await StoredAsync(redis, known.Length + 1);
            var key = Keys().Except(known).Single();
            known = Keys();
            database.StringSet(key, change((byte[])database.StringGet(key)!, other));
            var reply = await second.GetAsync(path);
            Assert.True(reply.Code == 200 && !reply.IsHit, $"With a value that is {name} the answer was: {reply}");
            Assert.Equal(good.Shown("value"), reply.Shown("value"));
        }

        // An empty value is none; all others were counted.
        Assert.Equal(poisons.Length - 1, (await second.HealthAsync()).GetProperty("cache").GetProperty("refused_frames").GetInt32());

        // Not even a value: a list under the key. And the way back: an untouched value is a hit.
        await first.GetAsync("/query?poison=list");
        await StoredAsync(redis, known.Length + 1);
        var list = Keys().Except(known).Single();
        database.KeyDelete(list);
        database.ListLeftPush(list, "x");
        Assert.Equal((200, "poison=list"), await second.GetAsync("/query?poison=list") is var odd ? (odd.Code, odd.Shown("value")) : default);
        await RedisStateAsync(second, "up");
        Assert.True((await second.GetAsync("/plain")).IsHit, "An untouched value was not a hit, so this test has shown nothing.");

        RedisKey[] Keys() => [.. connection.GetServer(redis.Connection).Keys(pattern: "platform:page:*")];
    }

    [Fact]
    public async Task PurgeOfATag_OnOneServer_DropsExactlyItsPagesOnTheOthers_AlsoOnOneThatWasCutOff()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var wire = new Wire(redis.Port);
        using var site = Site(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site, ("PLATFORM_SERVER__DATA_FOLDER", "data-of-the-second"));
        await using var third = await RunningServer.StartAsync(site, ("PLATFORM_SERVER__DATA_FOLDER", "data-of-the-third"), ("PLATFORM_REDIS__CONNECTION", wire.Connection));
        RunningServer[] all = [first, second, third];
        await UpAsync(all);
        await first.GetAsync("/tagged");
        await first.GetAsync("/plain");
        foreach (var path in new[] { "/tagged", "/plain" })
        {
            foreach (var server in all) await Eventually.Async($"all servers have {path}", () => server.GetAsync(path), r => r.IsHit);
        }

        wire.Cut();
        await RedisStateAsync(third, "down");
        var plain = await first.GetAsync("/plain");
        Assert.Equal((0, "dropped the pages tagged news\n", ""), await Command.RunAsync("cache", "clear", "--tag", "news", "--config", site.ConfigFile));
        Assert.False((await first.GetAsync("/tagged")).IsHit, "After the purge the server itself still had the page.");
        var made = (await first.GetAsync("/tagged")).Text;
        await Eventually.Async("the other has dropped its page and takes the new one", () => second.GetAsync("/tagged"), r => r.Text == made);
        wire.Heal();
        await RedisStateAsync(third, "up");
        // Without waiting: once it reads again it knows.
        Assert.Equal(made, (await third.GetAsync("/tagged")).Text);
        foreach (var server in all)
        {
            var kept = await server.GetAsync("/plain");
            Assert.Equal((true, plain.Text), (kept.IsHit, kept.Text));
        }
    }

    [Fact]
    public async Task Flushall_UnderLoad_CostsNoRequest()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site);
        await UpAsync(first, second);
        using var stop = new CancellationTokenSource();
        var visitors = new[] { first, second }.Select(server => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                var reply = await server.GetAsync($"/query?n={count % 50}");
                Assert.True(reply.Code == 200 && reply.Shown("value") == $"n={count % 50}", $"While Redis was emptied a page was: {reply}");
            }

            return count;
        })).ToList();
        for (var turn = 0; turn < 20; turn++)
        {
            await StoredAsync(redis, 5);
            Assert.Equal("OK", await redis.AskAsync("FLUSHALL"));
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(visitors), count => Assert.True(count > 20, $"A visitor saw only {count} pages."));
        await UpAsync(first, second);
        // No lock, no page without an end.
        foreach (var key in (await redis.AskAsync("--raw", "KEYS", "platform:[pl][ao]*")).Split('\n', StringSplitOptions.RemoveEmptyEntries)) Assert.NotEqual("-1", await redis.AskAsync("TTL", key));
    }

    [Fact]
    public async Task OnePage_AskedOfThreeServersAtOnce_IsMadeByOne()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site);
        await using var third = await RunningServer.StartAsync(site);
        RunningServer[] all = [first, second, third];
        await UpAsync(all);
        await Task.WhenAll(all.Select(server => server.GetAsync("/plain")));
        var before = await SumAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => all[n % 3].GetAsync("/slow")));
        Assert.All(replies, reply => Assert.Equal((200, "slow"), (reply.Code, reply.Shown("value"))));
        Assert.Equal(1, await SumAsync() - before);
        Assert.Single(replies.Select(reply => reply.Text).Distinct());

        async Task<long> SumAsync() => (await Task.WhenAll(all.Select(CallsAsync))).Sum();
    }

    private static TestSite Site(string connection)
    {
        var site = TestSite.Small("plain", "query", "tagged", "slow");
        return site.Plugin("reader").Configure("redis", $"connection: {connection}\ntimeout_ms: 500");
    }

    private static async Task UpAsync(params RunningServer[] servers)
    {
        foreach (var server in servers) await RedisStateAsync(server, "up");
    }

    private static async Task RedisStateAsync(RunningServer server, string state) =>
        await Eventually.Async($"/health says that Redis is {state}", server.HealthAsync, h => h.GetProperty("redis").GetProperty("state").GetString() == state);

    /// <summary>Waits until Redis holds so many pages.</summary>
    private static async Task StoredAsync(RedisServer redis, int count) =>
        await Eventually.Async($"Redis holds {count} pages", () => redis.AskAsync("--raw", "KEYS", "platform:page:*"), keys => keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= count);

    private static async Task<long> CallsAsync(RunningServer server) =>
        (await server.HealthAsync()).GetProperty("plugins").EnumerateArray().Single().GetProperty("calls").GetInt64();
}
