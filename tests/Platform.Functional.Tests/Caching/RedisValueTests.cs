using Platform.Host.Redis;

namespace Platform.Functional.Tests.Caching;

/// <summary>Values in Redis that are not what a server has written there.</summary>
public sealed class RedisValueTests
{
    [Fact]
    public async Task Value_ThatIsNotWhatTheServerWrote_IsAMiss()
    {
        await using var redis = await RedisServer.StartAsync();
        using var site = RedisSite.At(redis.Connection);
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(first, second);
        await using var connection = await RedisConnection.OpenAsync(new(redis.Endpoint), TestContext.Current.CancellationToken);

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
        await RedisSite.StoredAsync(redis, 1);
        var other = await ValueAsync((await KeysAsync())[0]);
        // The first of these also stores on what the page depends.
        await first.GetAsync("/query?poison=none");
        await RedisSite.StoredAsync(redis, 3);
        var known = await KeysAsync();
        foreach (var (name, change) in poisons)
        {
            var path = $"/query?poison={Uri.EscapeDataString(name)}";
            var good = await first.GetAsync(path);
            await RedisSite.StoredAsync(redis, known.Length + 1);
            var key = (await KeysAsync()).Except(known).Single();
            known = await KeysAsync();
            await connection.SendAsync(new("SET", key, change(await ValueAsync(key), other)));
            var reply = await second.GetAsync(path);
            Assert.True(reply.Code == 200 && !reply.IsHit, $"With a value that is {name} the answer was: {reply}");
            Assert.Equal(good.Shown("value"), reply.Shown("value"));
        }

        // An empty value is none; all others were counted.
        Assert.Equal(poisons.Length - 1, (await second.HealthAsync()).GetProperty("cache").GetProperty("refused_frames").GetInt32());

        // Not even a value: a list under the key. And the way back: an untouched value is a hit.
        await first.GetAsync("/query?poison=list");
        await RedisSite.StoredAsync(redis, known.Length + 1);
        var list = (await KeysAsync()).Except(known).Single();
        await connection.SendAsync(new("DEL", list));
        await connection.SendAsync(new("LPUSH", list, "x"));
        Assert.Equal((200, "poison=list"), await second.GetAsync("/query?poison=list") is var odd ? (odd.Code, odd.Shown("value")) : default);
        await RedisSite.StateAsync(second, "up");
        Assert.True((await second.GetAsync("/plain")).IsHit, "An untouched value was not a hit, so this test has shown nothing.");

        async Task<string[]> KeysAsync() => [.. (await connection.SendAsync(new("KEYS", "platform:page:*"))).AsList().Select(key => key.AsText()!)];

        async Task<byte[]> ValueAsync(string key) => (await connection.SendAsync(new("GET", key))).AsBytes()!;
    }
}
