namespace Platform.Functional.Tests.Caching;

/// <summary>A server that keeps its pages in Redis alone: it finds them there again, and makes each once.</summary>
public sealed class RedisOnlyTests
{
    [Theory]
    [InlineData("/one?name=x", "/one?name=y")]
    [InlineData("/query?a=1&b=2", "/query?a=1")]
    public async Task PageOfManyVariants_AskedForAgain_IsAHit(string path, string other)
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis);
        await using var server = await StartAsync(site);
        var first = await server.GetAsync(path);
        // The page, and on what of the request it depends.
        await StoredAsync(redis, 2);
        Assert.Equal((true, first.Text), Seen(await server.GetAsync(path)));

        var second = await server.GetAsync(other);
        Assert.Equal((false, false), (second.IsHit, second.Text == first.Text));
        await StoredAsync(redis, 3);
        Assert.Equal((true, second.Text), Seen(await server.GetAsync(other)));
        Assert.Equal((true, first.Text), Seen(await server.GetAsync(path)));
        Assert.Equal(0, (await server.HealthAsync()).GetProperty("cache").GetProperty("pages").GetInt32());
    }

    [Fact]
    public async Task PageOfEachUser_IsAHitForThatUserAlone()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis);
        await using var server = await StartAsync(site);
        foreach (var user in new[] { "ann", "bob" }) Assert.Equal((false, $"user {user}"), await server.SignedIn(user).GetAsync("/user") is var made ? (made.IsHit, made.Shown("value")) : default);
        await StoredAsync(redis, 3);
        foreach (var user in new[] { "ann", "bob" }) Assert.Equal((true, $"user {user}"), await server.SignedIn(user).GetAsync("/user") is var hit ? (hit.IsHit, hit.Shown("value")) : default);
        Assert.Equal((false, "nobody"), await server.GetAsync("/user") is var nobody ? (nobody.IsHit, nobody.Shown("value")) : default);
    }

    [Theory]
    [InlineData("/slow")]
    [InlineData("/one_slow?name=x")]
    public async Task NewPage_AskedForByManyAtOnce_IsMadeOnce(string path)
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis);
        await using var server = await StartAsync(site);
        await server.GetAsync("/plain");
        var before = await CallsAsync(server);
        await AskAsync(server, path);
        Assert.Equal(1, await CallsAsync(server) - before);
    }

    [Theory]
    [InlineData("/slow", 1)]
    [InlineData("/one_slow?name=x", 2)]
    public async Task PageInRedis_AskedForByManyAtOnce_IsNotMadeAgain(string path, int stored)
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = Site(redis);
        await using var server = await StartAsync(site);
        var made = await server.GetAsync(path);
        await StoredAsync(redis, stored);
        var before = await CallsAsync(server);
        Assert.Equal(made.Text, await AskAsync(server, path));
        Assert.Equal(0, await CallsAsync(server) - before);
    }

    /// <summary>A hundred ask at once; all get one page.</summary>
    private static async Task<string> AskAsync(RunningServer server, string path)
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.GetAsync(path)));
        Assert.All(replies, reply => Assert.Equal(200, reply.Code));
        return Assert.Single(replies.Select(reply => reply.Text).Distinct());
    }

    private static TestSite Site(RedisServer redis)
    {
        var site = TestSite.Small("plain", "one", "query", "user", "slow", "one_slow").Plugin("reader");
        // Long, so that a busy machine is not taken for a Redis that is away.
        return site.Configure("redis", $"connection: {redis.Connection}\ntimeout_ms: 5000").Configure("cache", "strategy: redis");
    }

    private static async Task<RunningServer> StartAsync(TestSite site)
    {
        var server = await RunningServer.StartAsync(site);
        await Eventually.Async("/health says that Redis is up", server.HealthAsync, health => health.GetProperty("redis").GetProperty("state").GetString() == "up");
        return server;
    }

    private static async Task StoredAsync(RedisServer redis, int count) =>
        await Eventually.Async($"Redis holds {count} pages", () => redis.AskAsync("--raw", "KEYS", "platform:page:*"), keys => keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= count);

    private static async Task<long> CallsAsync(RunningServer server) =>
        (await server.HealthAsync()).GetProperty("plugins").EnumerateArray().Single().GetProperty("calls").GetInt64();

    private static (bool IsHit, string Text) Seen(Reply reply) => (reply.IsHit, reply.Text);
}
