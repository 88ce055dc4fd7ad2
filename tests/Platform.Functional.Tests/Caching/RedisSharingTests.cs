namespace Platform.Functional.Tests.Caching;

/// <summary>Servers that share a Redis: pages, edits, clears, and the making of a page.</summary>
public sealed class RedisSharingTests
{
    [Fact]
    public async Task TwoServers_OnOneRedis_SharePagesEditsAndClears()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site, ("PLATFORM_SERVER__DATA_FOLDER", "data-of-the-second"));
        await RedisSite.UpAsync(first, second);

        var made = await first.GetAsync("/plain");
        await RedisSite.StoredAsync(redis, 1);
        var shared = await second.GetAsync("/plain");
        Assert.True(shared.IsHit, $"A page that one server made was not a hit on the other: {shared}");
        Assert.Equal((made.Text, made.Header("ETag")), (shared.Text, shared.Header("ETag")));
        Assert.Equal(0, await RedisSite.CallsAsync(second));
        Assert.True((await first.GetAsync("/plain")).IsHit);

        site.Theme("page", "edited {{made}}");
        foreach (var server in new[] { first, second }) await Eventually.Async("an edit of the shared folder is seen", () => server.GetAsync("/plain"), r => r.Text.StartsWith("edited", StringComparison.Ordinal));

        await Eventually.Async("both have the page", () => second.GetAsync("/plain"), r => r.IsHit);
        await first.GetAsync("/plain");
        // The data folder of the configuration is the first's: only it is asked.
        Assert.Equal((0, "dropped all pages\n", ""), await Command.RunAsync("cache", "clear", "--config", site.ConfigFile));
        Assert.False((await first.GetAsync("/plain")).IsHit, "After a clear the server itself still had the page.");
        var before = await RedisSite.CallsAsync(second);
        var fresh = await first.GetAsync("/plain");
        await Eventually.Async("the other server has dropped its page too, and takes the new one", () => second.GetAsync("/plain"), r => r.Text == fresh.Text);
    }

    [Fact]
    public async Task PurgeOfATag_OnOneServer_DropsExactlyItsPagesOnTheOthers_AlsoOnOneThatWasCutOff()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var wire = new Wire(redis.Port);
        using var site = RedisSite.At(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site, ("PLATFORM_SERVER__DATA_FOLDER", "data-of-the-second"));
        await using var third = await RunningServer.StartAsync(site, ("PLATFORM_SERVER__DATA_FOLDER", "data-of-the-third"), ("PLATFORM_REDIS__CONNECTION", wire.Connection));
        RunningServer[] all = [first, second, third];
        await RedisSite.UpAsync(all);
        await first.GetAsync("/tagged");
        await first.GetAsync("/plain");
        foreach (var path in new[] { "/tagged", "/plain" })
        {
            foreach (var server in all) await Eventually.Async($"all servers have {path}", () => server.GetAsync(path), r => r.IsHit);
        }

        wire.Cut();
        await RedisSite.StateAsync(third, "down");
        var plain = await first.GetAsync("/plain");
        Assert.Equal((0, "dropped the pages tagged news\n", ""), await Command.RunAsync("cache", "clear", "--tag", "news", "--config", site.ConfigFile));
        Assert.False((await first.GetAsync("/tagged")).IsHit, "After the purge the server itself still had the page.");
        var made = (await first.GetAsync("/tagged")).Text;
        await Eventually.Async("the other has dropped its page and takes the new one", () => second.GetAsync("/tagged"), r => r.Text == made);
        wire.Heal();
        await RedisSite.StateAsync(third, "up");
        // Without waiting: once it reads again it knows.
        Assert.Equal(made, (await third.GetAsync("/tagged")).Text);
        foreach (var server in all)
        {
            var kept = await server.GetAsync("/plain");
            Assert.Equal((true, plain.Text), (kept.IsHit, kept.Text));
        }
    }

    [Fact]
    public async Task OnePage_AskedOfThreeServersAtOnce_IsMadeByOne()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site);
        await using var third = await RunningServer.StartAsync(site);
        RunningServer[] all = [first, second, third];
        await RedisSite.UpAsync(all);
        await Task.WhenAll(all.Select(server => server.GetAsync("/plain")));
        var before = await SumAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => all[n % 3].GetAsync("/slow")));
        Assert.All(replies, reply => Assert.Equal((200, "slow"), (reply.Code, reply.Shown("value"))));
        Assert.Equal(1, await SumAsync() - before);
        Assert.Single(replies.Select(reply => reply.Text).Distinct());

        async Task<long> SumAsync() => (await Task.WhenAll(all.Select(RedisSite.CallsAsync))).Sum();
    }

    [Fact]
    public async Task StrategyRedis_KeepsNothingInMemory()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection).Configure("cache", "strategy: redis");
        await using var server = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(server);
        await server.GetAsync("/plain");
        await RedisSite.StoredAsync(redis, 1);
        Assert.True((await server.GetAsync("/plain")).IsHit);
        Assert.Equal(0, (await server.HealthAsync()).GetProperty("cache").GetProperty("pages").GetInt32());
        await redis.KillAsync();
        Assert.Equal((200, false), await server.GetAsync("/plain") is var reply ? (reply.Code, reply.IsHit) : default);
    }
}
