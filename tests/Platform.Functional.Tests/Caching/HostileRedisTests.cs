using System.Text;

namespace Platform.Functional.Tests.Caching;

/// <summary>What becomes of a site whose Redis says what no Redis says.</summary>
public sealed class HostileRedisTests
{
    [Theory]
    [InlineData("*1\r\n", 100_000, "more than 8 lists within each other")]
    [InlineData("$1073741824\r\n", 1, "a text of 1073741824 bytes")]
    [InlineData("+no end of this line", 100_000, "has no end")]
    [InlineData("$-2\r\n", 1, "a length of -2")]
    [InlineData("*2\r\n:1\r\n:2\r\n", 1, "expected")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", 1, "a reply begins with the byte 72")]
    public async Task Redis_ThatSaysWhatNoneSays_CostsNoPage_AndIsSaidToBeDown(string text, int times, string why)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var wire = new Wire(redis.Port);
        using var site = RedisSite.At(wire.Connection);
        await using var server = await RunningServer.StartAsync(site);
        await RedisSite.UpAsync(server);
        await AskAsync("before");

        var from = server.Log.Count;
        wire.Say(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times))));
        await AskAsync("at once");
        await RedisSite.StateAsync(server, "down");
        Assert.Contains(why, await server.Log.WaitForAsync("Redis .*pages come from this server's memory", from), StringComparison.Ordinal);
        Assert.Equal("degraded", (await server.HealthAsync()).GetProperty("status").GetString());
        await AskAsync("later");

        wire.Heal();
        await RedisSite.StateAsync(server, "up");
        await AskAsync("afterwards");
        await Eventually.Async("pages are kept in Redis again", () => redis.AskAsync("DBSIZE"), size => int.Parse(size.Split(' ')[^1]) > 10);

        async Task AskAsync(string when)
        {
            for (var n = 0; n < 10; n++)
            {
                var reply = await server.GetAsync($"/query?n={n}-{when.Replace(' ', '-')}");
                Assert.True(reply.Code == 200, $"{when}: a page was {reply}");
            }
        }
    }
}
