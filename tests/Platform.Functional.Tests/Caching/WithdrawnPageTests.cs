namespace Platform.Functional.Tests.Caching;

/// <summary>A page that is too old, and of which there is an answer: that answer counts, also where it can't be stored. Only where there is none is the old page shown.</summary>
public sealed class WithdrawnPageTests
{
    private const string Now = "plugins/article/data/now";

    [Theory]
    [InlineData("gone", 404)]
    [InlineData("unknown", 404)]
    [InlineData("blocked", 451)]
    [InlineData("private", 200)]
    [InlineData("cookie", 200)]
    [InlineData("brief", 200)]
    [InlineData("address", 200)]
    public async Task Page_ThatIsNotStorableAnyMore_IsNeverShownAsItWas(string now, int status)
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        await StoredAsync(server);
        site.Write(Now, now);
        await AssertNewAsync(server, now, status);

        // Nor does it come back where the plugin then fails.
        site.Write(Now, "throws");
        var failed = await server.GetAsync("/article");
        Assert.True(failed.Code is 404 or 503, $"A page that was withdrawn came back when its plugin failed: {failed}");
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("late")]
    public async Task Page_WhosePluginFails_IsShownAsItWas(string now)
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        var good = await StoredAsync(server);
        site.Write(Now, now);
        var old = new List<Reply> { await Eventually.Async("the page is too old", () => server.GetAsync("/article"), reply => !reply.CacheStatus.EndsWith('"')) };
        for (var turn = 0; turn < 2; turn++) old.Add(await server.GetAsync("/article"));
        Assert.All(old, reply =>
        {
            Assert.Equal((200, good.Text), (reply.Code, reply.Text));
            Assert.EndsWith("; detail=error", reply.CacheStatus, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("redis")]
    public async Task Page_ThatIsNotStorableAnyMore_DoesNotComeBackOutOfRedis(string strategy)
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site().Configure("redis", $"connection: {redis.Connection}\ntimeout_ms: 2000").Configure("cache", $"strategy: {strategy}");
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site, ("PLATFORM_SERVER__DATA_FOLDER", "data-of-the-second"));
        foreach (var server in new[] { first, second }) await Eventually.Async("Redis is up", server.HealthAsync, health => health.GetProperty("redis").GetProperty("state").GetString() == "up");
        await StoredAsync(first);
        await Eventually.Async("Redis has the page", () => redis.AskAsync("--raw", "KEYS", "platform:page:*"), keys => keys.Length > 0);
        site.Write(Now, "gone");
        await AssertNewAsync(first, "gone", 404);
        await AssertNewAsync(second, "gone", 404);
    }

    private static async Task<Reply> StoredAsync(RunningServer server)
    {
        var good = await server.GetAsync("/article");
        Assert.Equal((200, "platform; fwd=miss; stored", "as it was"), (good.Code, good.CacheStatus, good.Shown("value")));
        return good;
    }

    /// <summary>From the first answer that is not from the cache on, none is.</summary>
    private static async Task AssertNewAsync(RunningServer server, string now, int status)
    {
        var replies = new List<Reply> { await Eventually.Async("the page is too old", () => server.GetAsync("/article"), reply => !reply.IsHit) };
        for (var turn = 0; turn < 2; turn++) replies.Add(await server.GetAsync("/article"));
        Assert.All(replies, reply => Assert.True(reply.Code == status && !reply.IsHit && (status != 200 || reply.Shown("value") == now), $"The page is {now}, and yet the answer was: {reply}"));
    }

    private static TestSite Site() =>
        TestSite.Small().PluginFolder("article").Configure("plugins", "timeout_ms: 2000\nfailures_until_off: 1000");
}
