namespace Platform.Functional.Tests.Caching;

/// <summary>What becomes of a page that is too old: one request makes the next, and nobody waits or goes without meanwhile.</summary>
public sealed class FreshnessTests
{
    [Fact]
    public async Task Page_ThatIsTooOld_IsShownWhileOneRequestMakesTheNext()
    {
        using var site = TestSite.Small("brief_slow").Plugin("reader");
        await using var server = await RunningServer.StartAsync(site);
        var first = await server.GetAsync("/brief_slow");
        await Eventually.Async("the page is too old", () => server.GetAsync("/brief_slow"), reply => !reply.IsHit || reply.CacheStatus.Contains("refreshing", StringComparison.Ordinal));
        // Now and then one of them makes the next page, which takes a while; the others get what there is.
        var replies = await Eventually.Async(
            "Some are shown the old page while one makes the next",
            () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.GetAsync("/brief_slow"))),
            all => all.Any(reply => reply.CacheStatus.Contains("detail=refreshing", StringComparison.Ordinal)));
        Assert.Single(replies, reply => reply.CacheStatus.Contains("fwd=stale", StringComparison.Ordinal));
        Assert.All(replies, reply => Assert.Equal(200, reply.Code));
        Assert.Matches(@"^platform; hit; ttl=(0|-\d+); key=""GET:/brief_slow:default:-""; detail=refreshing$", replies.First(reply => reply.CacheStatus.Contains("refreshing", StringComparison.Ordinal)).CacheStatus);
        Assert.NotEqual("", first.Shown("made"));
    }

    [Theory]
    [InlineData("page", "")]
    [InlineData("page", ", required: true")]
    [InlineData("global", "")]
    public async Task Page_ThatCanNotBeMadeAnew_IsShownAsItWas(string fails, string limits)
    {
        using var site = Fickle($"fickle: {{ global_data_ttl: 0{limits} }}");
        await using var server = await RunningServer.StartAsync(site);
        var good = await server.GetAsync("/plain");
        Assert.Equal("of ", good.Shown("value"));
        site.Write($"plugins/fickle/data/{fails}", "");
        var old = await Eventually.Async("the page can't be made anew", () => server.GetAsync("/plain"), reply => reply.CacheStatus.Contains("detail=error", StringComparison.Ordinal));
        Assert.Equal((200, good.Shown("made"), good.Shown("value")), (old.Code, old.Shown("made"), old.Shown("value")));
        site.Delete($"plugins/fickle/data/{fails}");
        await Eventually.Async("the page is made again", () => server.GetAsync("/plain"), reply => reply.Shown("made") != good.Shown("made"));
    }

    [Fact]
    public async Task Page_ThatHasChanged_IsNeverShownAsItWas()
    {
        using var site = Fickle("fickle: { order: 1 }");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        await server.ChangeAsync(() => site.Theme("page", "<p id=\"value\">broken {{#if}}</p>").Theme("page", "<p id=\"value\">new {{value}}</p>"));
        Assert.Equal("new of ", (await server.GetAsync("/plain")).Shown("value"));
    }

    private static TestSite Fickle(string each)
    {
        var site = TestSite.Small("plain").PluginFolder("fickle");
        site.Configure("cache", "ttl: 1");
        return site.Configure("plugins", $"timeout_ms: 10000\nfailures_until_off: 1000\neach: {{ {each} }}");
    }
}
