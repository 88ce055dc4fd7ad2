namespace Platform.Functional.Tests.Caching;

/// <summary>A site whose pages are in a Redis, and what to wait for on its servers.</summary>
internal static class RedisSite
{
    internal static TestSite At(string connection)
    {
        var site = TestSite.Small("plain", "query", "tagged", "slow");
        return site.Plugin("reader").Configure("redis", $"connection: {connection}\ntimeout_ms: 500");
    }

    internal static async Task UpAsync(params RunningServer[] servers)
    {
        foreach (var server in servers) await StateAsync(server, "up");
    }

    internal static async Task StateAsync(RunningServer server, string state) =>
        await Eventually.Async($"/health says that Redis is {state}", server.HealthAsync, h => h.GetProperty("redis").GetProperty("state").GetString() == state);

    /// <summary>Waits until Redis holds so many pages.</summary>
    internal static async Task StoredAsync(RedisServer redis, int count) =>
        await Eventually.Async($"Redis holds {count} pages", () => redis.AskAsync("--raw", "KEYS", "platform:page:*"), keys => keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= count);

    /// <summary>How often the site's plugin was called.</summary>
    internal static async Task<long> CallsAsync(RunningServer server) =>
        (await server.HealthAsync()).GetProperty("plugins").EnumerateArray().Single().GetProperty("calls").GetInt64();
}
