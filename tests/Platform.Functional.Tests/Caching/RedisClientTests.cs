using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Host.Redis;

namespace Platform.Functional.Tests.Caching;

/// <summary>The client of Redis on a real one.</summary>
public sealed class RedisClientTests : IAsyncLifetime
{
    private RedisServer redis = null!;

    public async ValueTask InitializeAsync() => redis = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => redis.DisposeAsync();

    [Fact]
    public async Task Values_OfAnyBytesAndSizes_ComeBackAsTheyWere()
    {
        await using var connection = await OpenAsync();
        var random = new Random(1);
        foreach (var length in new[] { 0, 1, 2, 4096, 65_535, 65_536, 1_000_000, 20_000_000 })
        {
            var value = new byte[length];
            random.NextBytes(value);
            Assert.Equal("OK", (await connection.SendAsync(new("SET", "key\r\n", value, "PX", 600_000))).AsText());
            Assert.Equal(value, (await connection.SendAsync(new("GET", "key\r\n") { MaxReplyBytes = length })).AsBytes());
            Assert.Equal(value[..Math.Min(length, 100)], (await connection.SendAsync(new("GETRANGE", "key\r\n", 0, 99))).AsBytes());
        }

        Assert.True((await connection.SendAsync(new("GET", "none"))).IsNull);
        Assert.True((await connection.SendAsync(new("SET", "key\r\n", "other", "NX", "PX", 1000))).IsNull);
        Assert.Equal(1, (await connection.SendAsync(new("DEL", "key\r\n"))).AsInteger());
    }

    [Fact]
    public async Task ScriptsAndSortedSets_AnswerWithWhatTheyAre()
    {
        await using var connection = await OpenAsync();
        var script = await connection.SendAsync(new("EVAL", "return {KEYS[1], ARGV[1], 7, {ok = 'fine'}, {err = 'ERR not fine'}, false, {{}}}", 1, "key", "value"));
        var parts = script.AsList();
        Assert.Equal(("key", "value", 7, "fine"), (parts[0].AsText(), parts[1].AsText(), parts[2].AsInteger(), parts[3].AsText()));
        Assert.Equal("ERR", Assert.Throws<RedisServerException>(parts[4].AsText).Code);
        Assert.True(parts[5].IsNull);
        Assert.Empty(Assert.Single(parts[6].AsList()).AsList());
        for (var n = 0; n < 3000; n++) _ = connection.SendAsync(new("ZADD", "set", n, $"member {n}"));
        var range = (await connection.SendAsync(new("ZRANGEBYSCORE", "set", 500, "+inf", "WITHSCORES", "LIMIT", 0, 2000))).AsList();
        Assert.Equal((4000, "member 500", 2499.0), (range.Count, range[0].AsText(), range[^1].AsNumber()));
    }

    [Fact]
    public async Task Password_AndDatabase_AreThoseOfTheOptions()
    {
        Assert.Equal("OK", await redis.AskAsync("CONFIG", "SET", "requirepass", "open sesame"));
        Assert.Equal("NOAUTH", (await Assert.ThrowsAsync<RedisServerException>(() => OpenAsync())).Code);
        Assert.Equal("WRONGPASS", (await Assert.ThrowsAsync<RedisServerException>(() => OpenAsync(options => options with { Password = new("sesame") }))).Code);
        await using var connection = await OpenAsync(options => options with { Password = new("open sesame"), Database = 3, ClientName = "tests" });
        await connection.SendAsync(new("SET", "key", "value"));
        Assert.Equal("value", await redis.AskAsync("-a", "open sesame", "-n", "3", "GET", "key"));
        Assert.Contains("name=tests db=3", Regex.Replace((await connection.SendAsync(new("CLIENT", "LIST"))).AsText()!, " (age|idle|flags)=[^ ]*", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_OfOthers_AreHeard_UntilRedisIsGone()
    {
        var heard = new BlockingCollection<string>();
        await using var client = await RedisClient.OpenAsync(new(redis.Endpoint) { Hear = (channel, message) => heard.Add($"{channel}: {Encoding.UTF8.GetString(message)}") }, "news", TestContext.Current.CancellationToken);
        await client.PingAsync();
        Assert.Equal("1", await redis.AskAsync("PUBLISH", "news", "ä\r\nb"));
        Assert.Equal(1, (await client.SendAsync(new("PUBLISH", "news", "own"))).AsInteger());
        Assert.Equal(0, (await client.SendAsync(new("PUBLISH", "other", "own"))).AsInteger());
        Assert.Equal("news: ä\r\nb", heard.Take(TestContext.Current.CancellationToken));
        Assert.Equal("news: own", heard.Take(TestContext.Current.CancellationToken));
        await redis.KillAsync();
        await Eventually.Async("the end is seen", () => client.PingAsync().ContinueWith(ping => ping.Exception?.InnerException, TaskScheduler.Default), failure => failure is RedisConnectionException);
    }

    [Fact]
    public async Task CommandsOfManyCallers_WhileRedisIsKilled_AreAnsweredRightOrFail()
    {
        await using var connection = await OpenAsync();
        var answered = 0;
        var callers = Enumerable.Range(0, 20).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; ; n++)
            {
                var text = $"{caller} {n}";
                Assert.Equal(text, (await connection.SendAsync(new("ECHO", text))).AsText());
                Interlocked.Increment(ref answered);
            }
        })).ToList();
        await Eventually.Async("commands are answered", () => Task.FromResult(Volatile.Read(ref answered)), count => count > 1000);
        await redis.KillAsync();
        foreach (var caller in callers) await Assert.ThrowsAsync<RedisConnectionException>(() => caller.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken));
    }

    private Task<RedisConnection> OpenAsync(Func<RedisConnectionOptions, RedisConnectionOptions>? with = null) =>
        RedisConnection.OpenAsync((with ?? (same => same))(new(redis.Endpoint)), TestContext.Current.CancellationToken);
}
