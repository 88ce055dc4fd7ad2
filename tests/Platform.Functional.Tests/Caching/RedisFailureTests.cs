using System.Diagnostics;

namespace Platform.Functional.Tests.Caching;

/// <summary>What becomes of a site when its Redis is away.</summary>
public sealed class RedisFailureTests
{
    [Fact]
    public async Task Redis_KilledUnderLoad_CostsNoRequest_AndComesBack()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection);
        await using var server = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(server);

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

        await RedisSite.StoredAsync(redis, 5);
        await redis.KillAsync();
        await RedisSite.StateAsync(server, "down");
        Assert.Equal("degraded", (await server.HealthAsync()).GetProperty("status").GetString());
        Assert.True((await server.GetAsync("/plain")).IsHit, "Without Redis a page in memory was not a hit.");
        await redis.RestartAsync();
        await RedisSite.StateAsync(server, "up");
        await RedisSite.StoredAsync(redis, 5);
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(visitors), count => Assert.True(count > 20, $"A visitor saw only {count} pages."));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Redis_ThatHangs_IsNotFelt()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection);
        await using var server = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(server);
        await server.GetAsync("/query?n=warm");

        redis.Freeze();
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < 20; n++) Assert.Equal(200, (await server.GetAsync($"/query?n={n}")).Code);
        Assert.True(watch.ElapsedMilliseconds < 5000, $"20 pages took {watch.ElapsedMilliseconds} ms while Redis hung, with redis.timeout_ms at 500.");
        await RedisSite.StateAsync(server, "down");
        redis.Thaw();
        await RedisSite.StateAsync(server, "up");
    }

    [Fact]
    public async Task Redis_ThatWasNeverThere_StopsNothing()
    {
        using var site = RedisSite.At($"127.0.0.1:{RedisServer.FreePort()}");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Contains("stored", (await server.GetAsync("/plain")).CacheStatus, StringComparison.Ordinal);
        Assert.True((await server.GetAsync("/plain")).IsHit);
        await RedisSite.StateAsync(server, "down");
        Assert.Equal((0, "dropped all pages\n", ""), await Command.RunAsync("cache", "clear", "--config", site.ConfigFile));
        Assert.False((await server.GetAsync("/plain")).IsHit);
    }

    [Fact]
    public async Task OfSeveral_TheFirstThatAnswers_IsUsed()
    {
        await using var first = await RedisServer.StartAsync();
        await using var second = await RedisServer.StartAsync();
        first.Freeze();
        using var site = RedisSite.At($"127.0.0.1:{RedisServer.FreePort()},{first.Connection},{second.Connection}");
        await using var server = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(server);
        await server.GetAsync("/query?n=1");
        await RedisSite.StoredAsync(second, 1);

        await second.KillAsync();
        await RedisSite.StateAsync(server, "down");
        first.Thaw();
        await RedisSite.UpAsync(server);
        await server.GetAsync("/query?n=2");
        await RedisSite.StoredAsync(first, 1);
    }

    [Fact]
    public async Task Redis_ThatBecomesAReplica_IsReadButStoresNothing()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection).Configure("cache", "strategy: redis");
        await using var server = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(server);
        await server.GetAsync("/plain");
        await RedisSite.StoredAsync(redis, 1);
        Assert.Equal("OK", await redis.AskAsync("REPLICAOF", "127.0.0.1", $"{RedisServer.FreePort()}"));
        Assert.Equal(200, (await server.GetAsync("/query?n=1")).Code);
        await server.Log.WaitForAsync("Redis .*stores nothing.*READONLY");
        Assert.True((await server.GetAsync("/plain")).IsHit, "What a replica holds was not read.");
        await RedisSite.StateAsync(server, "up");
    }

    [Fact]
    public async Task Flushall_UnderLoad_CostsNoRequest()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(first, second);
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
            await RedisSite.StoredAsync(redis, 5);
            Assert.Equal("OK", await redis.AskAsync("FLUSHALL"));
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(visitors), count => Assert.True(count > 20, $"A visitor saw only {count} pages."));
        await RedisSite.UpAsync(first, second);
        // No lock, no page without an end.
        foreach (var key in (await redis.AskAsync("--raw", "KEYS", "platform:[pl][ao]*")).Split('\n', StringSplitOptions.RemoveEmptyEntries)) Assert.NotEqual("-1", await redis.AskAsync("TTL", key));
    }
}
