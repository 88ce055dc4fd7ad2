using System.Diagnostics;

namespace Platform.Functional.Tests.Plugins;

/// <summary>Plugins that fail take nothing with them but their own data.</summary>
public sealed class HostilePluginTests
{
    [Fact]
    public async Task Pages_WithPluginsThatThrowHangSleepAndLie_AnswerInTimeWithoutTheirData()
    {
        using var site = TestSite.Small("plain");
        foreach (var plugin in new[] { "hello", "reader", "throws", "hangs", "sleeps", "bad-result" }) site.Plugin(plugin);
        site.Configure("plugins", "timeout_ms: 10000\nfailures_until_off: 5\noff_seconds: 600\nconcurrency: 8\neach:\n  hangs: { timeout_ms: 300 }\n  sleeps: { timeout_ms: 300 }");
        await using var server = await RunningServer.StartAsync(site);

        for (var turn = 0; turn < 6; turn++)
        {
            var watch = Stopwatch.StartNew();
            var page = await server.GetAsync("/plain");
            Assert.True(watch.ElapsedMilliseconds < 5000, $"Page {turn} took {watch.ElapsedMilliseconds} ms, with a deadline of 300 ms for the plugins that hang and sleep.");
            Assert.Equal(200, page.Code);
            Assert.Equal(("Hello from a plugin", $"{turn + 1}", "", ""), (page.Shown("hello"), page.Shown("made"), page.Shown("sleeps"), page.Shown("bad")));
            Assert.DoesNotContain("stored", page.CacheStatus, StringComparison.Ordinal);
            Assert.Contains("degraded", page.CacheStatus, StringComparison.Ordinal);
            Assert.Equal("no-store", page.Header("Cache-Control"));
        }

        foreach (var plugin in new[] { "throws", "hangs", "sleeps", "bad-result" }) Assert.Equal("off", await server.PluginStateAsync(plugin));
        foreach (var plugin in new[] { "hello", "reader" }) Assert.Equal("running", await server.PluginStateAsync(plugin));
        Assert.Equal("degraded", (await server.HealthAsync()).GetProperty("status").GetString());

        // A guess that there is no such page would be wrong where a plugin that failed may have it.
        var unknown = await server.GetAsync("/unknown");
        Assert.Equal((503, true), (unknown.Code, unknown.Headers.ContainsKey("Retry-After")));

        await server.Log.WaitForAsync("plugin .*throws.*: .*data_for.* failed: InvalidOperationException: thrown on purpose with a second line");
        foreach (var plugin in new[] { "throws", "hangs", "sleeps", "bad-result" }) await server.Log.WaitForAsync($"plugin .*{plugin}.*: .*data_for.* failed 5 times in a row and is switched off for 600 s");
        await server.Log.WaitForAsync("plugin .*bad-result.*more than 32 levels deep");
        Assert.Empty(server.Log.Matching("^with a second line"));
    }

    [Fact]
    public async Task Plugin_WithAValueOutsideTheModel_FailsAndTheLogNamesTheKey()
    {
        using var site = TestSite.Small("plain");
        site.Plugin("hello").Plugin("bad-result").Configure("plugins", "timeout_ms: 10000\neach:\n  bad-result: { settings: { kind: type } }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("Hello from a plugin", (await server.GetAsync("/plain")).Shown("hello"));
        await server.Log.WaitForAsync("plugin .*bad-result.*'bad' holds a Uri; a page's data are null, bool, number, string, list or map");
    }

    [Fact]
    public async Task Plugin_SwitchedOff_IsTriedAgainAndComesBack()
    {
        using var site = TestSite.Small("plain", "broken");
        site.Plugin("reader").Plugin("throws").Configure("plugins", "timeout_ms: 10000\nfailures_until_off: 2\noff_seconds: 1\neach:\n  throws: { settings: { on: broken } }");
        await using var server = await RunningServer.StartAsync(site);
        for (var turn = 0; turn < 2; turn++) Assert.Equal(200, (await server.GetAsync("/broken")).Code);
        Assert.Equal("off", await server.PluginStateAsync("throws"));
        Assert.Contains("degraded", (await server.GetAsync("/plain")).CacheStatus, StringComparison.Ordinal);

        await Eventually.Async("a page is whole and stored again once the time off is over", () => server.GetAsync("/plain"), r => r.CacheStatus.Contains("stored", StringComparison.Ordinal));
        Assert.Equal("running", await server.PluginStateAsync("throws"));
        Assert.True((await server.GetAsync("/plain")).IsHit);
    }

    [Fact]
    public async Task CachedPages_While50CallersHang_AreAllServed()
    {
        using var site = TestSite.Small("plain", "trap");
        site.Plugin("reader").Plugin("hangs").Configure("plugins", "timeout_ms: 10000\nfailures_until_off: 1000\neach:\n  hangs: { timeout_ms: 1000, settings: { on: trap } }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(200, (await server.GetAsync("/plain")).Code);

        await LoadAsync(server);
        var alone = await LoadAsync(server);
        var hanging = Enumerable.Range(0, 50).Select(n => server.GetAsync($"/trap?n={n}")).ToList();
        await Eventually.Async("a call of the plugin is under way", () => Task.FromResult(server.Log.Count), _ => hanging.Exists(h => !h.IsCompleted));
        var together = await LoadAsync(server);
        Assert.True(together < (alone * 10) + TimeSpan.FromSeconds(1), $"500 stored pages took {together.TotalMilliseconds:0} ms while 50 callers hung, and {alone.TotalMilliseconds:0} ms without them.");

        foreach (var reply in await Task.WhenAll(hanging)) Assert.Equal((200, ""), (reply.Code, reply.Shown("made")));
        Assert.Equal("hung", await server.PluginStateAsync("hangs"));
        // With every place held for ever, nobody waits for one any more.
        Assert.Equal(200, (await server.GetAsync("/trap?n=after")).Code);
        Assert.True((await server.GetAsync("/plain")).IsHit);

        static async Task<TimeSpan> LoadAsync(RunningServer server)
        {
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
            {
                for (var i = 0; i < 100; i++) Assert.True((await server.GetAsync("/plain")).IsHit, "A stored page was not a hit.");
            }));
            return watch.Elapsed;
        }
    }

    [Fact]
    public async Task Plugins_ThatCanNotBeStarted_AreSaidOnceEachAndTheRestRuns()
    {
        using var site = TestSite.Small("plain");
        foreach (var plugin in new[] { "hello", "bad-constructor", "bad-init", "not-a-plugin" }) site.Plugin(plugin);
        site.Write("plugins/text.dll", "this is no assembly");
        Directory.CreateDirectory(site.PathOf("plugins/empty"));
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/plain");
        Assert.Equal((200, "Hello from a plugin", ""), (page.Code, page.Shown("hello"), page.Shown("bad")));

        await server.ChangeAsync(() => site.Theme("another", "x"));
        Dictionary<string, string> expected = new()
        {
            [@"plugins/bad-constructor\.dll: "] = "the constructor fails on purpose",
            [@"plugins/bad-init\.dll: "] = "InitAsync fails on purpose",
            [@"plugins/not-a-plugin\.dll: "] = "holds no plugin; expected a public class that implements Platform.Sdk.IPlugin",
            [@"plugins/text\.dll: "] = "is not a .NET assembly, or only half of one",
            [@"plugins/empty: "] = "no assembly found; expected empty.dll or bin/empty.dll",
        };
        foreach (var (begin, text) in expected) Assert.Contains(text, Assert.Single(server.Log.Matching(begin)), StringComparison.Ordinal);
        var health = await server.HealthAsync();
        Assert.Equal(("degraded", expected.Count), (health.GetProperty("status").GetString(), health.GetProperty("problem_count").GetInt32()));
        Assert.Equal("hello", Assert.Single(health.GetProperty("plugins").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Plugin_WithACopyOfTheSdk_IsAPluginAllTheSame()
    {
        using var site = TestSite.Small("plain");
        site.PluginFolder("own-sdk");
        Assert.True(File.Exists(site.PathOf("plugins/own-sdk/Platform.Sdk.dll")), "The test plugin own-sdk should bring Platform.Sdk.dll.");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("is a plugin all the same", (await server.GetAsync("/plain")).Shown("own"));
    }
}
