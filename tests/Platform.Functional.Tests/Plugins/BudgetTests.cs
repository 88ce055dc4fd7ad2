namespace Platform.Functional.Tests.Plugins;

/// <summary>What a plugin may cost, and what its failure costs a page.</summary>
public sealed class BudgetTests
{
    [Fact]
    public async Task RequiredPlugin_ThatFails_MakesAnErrorPageThatIsNotKept()
    {
        using var site = Fickle("required: true");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("of ", (await server.GetAsync("/plain")).Shown("value"));

        Fail(site, "page");
        var page = await server.GetAsync("/plain?q=new");
        Assert.Equal(502, page.Code);
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        await server.Log.WaitForAsync("plugin .*fickle.*fickle fails at page");
        Heal(site, "page");
        Assert.Equal("of new", (await server.GetAsync("/plain?q=new")).Shown("value"));
    }

    [Fact]
    public async Task RequiredPlugin_WithoutDataForEveryPage_MakesAnErrorPage()
    {
        using var site = Fickle("required: true, global_data_ttl: 0");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("fickle says hello", (await server.GetAsync("/plain")).Shown("hello"));
        Fail(site, "global");
        Assert.Equal(502, (await server.GetAsync("/plain?q=2")).Code);
    }

    [Fact]
    public async Task RequiredPlugin_ThatDoesNotStart_MakesAnErrorPage_UntilItDoes()
    {
        using var site = Fickle("required: true");
        Fail(site, "init");
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/plain");
        Assert.Equal(502, page.Code);
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);

        Heal(site, "init");
        Assert.Equal(0, (await Command.RunAsync("reload", "--config", site.ConfigFile)).ExitCode);
        Assert.Equal("of ", (await server.GetAsync("/plain")).Shown("value"));
    }

    [Fact]
    public async Task ApiCalls_ThatFail_DoNotCostThePagesTheirData()
    {
        using var site = Fickle("required: true").Configure("plugins", "timeout_ms: 10000\nfailures_until_off: 3");
        Fail(site, "api");
        await using var server = await RunningServer.StartAsync(site);
        for (var call = 0; call < 3; call++) await server.GetAsync("/api/fickle/x/y");
        await server.Log.WaitForAsync("plugin .*fickle.*: .*api_dispatch.* failed 3 times in a row and is switched off");
        Assert.Equal("of new", (await server.GetAsync("/plain?q=new")).Shown("value"));
    }

    [Fact]
    public async Task OptionalPlugin_ThatFails_LeavesAPageWithoutItsDataThatIsNotKept()
    {
        using var site = Fickle("required: false");
        Fail(site, "page");
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/plain");
        Assert.Equal((200, "", "no-store"), (page.Code, page.Shown("value"), page.Header("Cache-Control")));
        Assert.Contains("degraded", page.CacheStatus, StringComparison.Ordinal);
        Heal(site, "page");
        Assert.Equal("of ", (await server.GetAsync("/plain")).Shown("value"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", required: true")]
    public async Task PluginWithLastGood_ThatFails_ShowsWhatItGaveThisPageBefore(string more)
    {
        using var site = Fickle($"last_good: true, global_data_ttl: 0{more}");
        site.Configure("cache", "enabled: false");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(("of one", "fickle says hello"), Both(await server.GetAsync("/plain?q=one")));
        Assert.Equal(("of two", "fickle says hello"), Both(await server.GetAsync("/plain?q=two")));

        Fail(site, "page");
        Fail(site, "global");
        Assert.Equal(("of one", "fickle says hello"), Both(await server.GetAsync("/plain?q=one")));
        Assert.Equal(("of two", "fickle says hello"), Both(await server.GetAsync("/plain?q=two")));
        var never = await server.GetAsync("/plain?q=three");
        Assert.Equal(more.Length > 0 ? 502 : 200, never.Code);
        Assert.DoesNotContain("of ", more.Length > 0 ? "" : never.Shown("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageWithLastGoodData_IsNotStored()
    {
        using var site = Fickle("last_good: true, global_data_ttl: 0");
        await using var server = await RunningServer.StartAsync(site);
        // Kept for its last good data and stored as a page: a purge makes it be asked for again.
        Assert.Equal("1", (await server.GetAsync("/plain")).Shown("made"));
        Fail(site, "page");
        Assert.Equal(0, (await Command.RunAsync("cache", "clear", "--config", site.ConfigFile)).ExitCode);
        var page = await server.GetAsync("/plain");
        Assert.Equal(("1", "no-store"), (page.Shown("made"), page.Header("Cache-Control")));
        Heal(site, "page");
        Assert.Equal("2", (await server.GetAsync("/plain")).Shown("made"));
    }

    [Theory]
    [InlineData("large", "isolation: process, result: { max_kb: 2 }", "The data hold 2 KB of text; result.max_kb of this plugin is 2")]
    [InlineData("tagged", "isolation: shared-process", "Tags holds 1001 texts; expected at most 1000.")]
    [InlineData("tagged", "isolation: process", "holds more than 1,000")]
    [InlineData("large", "result: { max_kb: 2 }", "The data hold 2 KB of text; result.max_kb of this plugin is 2")]
    [InlineData("many", "result: { max_values: 50 }", "The data hold 62 values; result.max_values of this plugin is 50")]
    [InlineData("deep", "result: { max_depth: 3 }", "The data are 4 levels deep; result.max_depth of this plugin is 3")]
    public async Task Answer_LargerThanAllowed_IsAFailureThatSaysBothFigures(string handler, string limit, string message)
    {
        using var site = Fickle(limit, handler);
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync($"/{handler}");
        Assert.Equal((200, ""), (page.Code, page.Shown("value")));
        await server.Log.WaitForAsync($"plugin .*fickle.*{message}");
    }

    [Fact]
    public async Task Deadlines_OfEachKindOfCall_HoldForThatKindOnly()
    {
        using var site = TestSite.Small("plain");
        site.Plugin("calls").Plugin("sleeps").Configure("plugins", "timeout_ms: 30000\neach:\n  calls: { deadlines: { api_dispatch: 100 } }\n  sleeps: { deadlines: { data_for: 100, api_dispatch: 20000 } }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(504, (await server.GetAsync("/api/x/say/never")).Code);
        Assert.Equal(200, (await server.GetAsync("/plain")).Code);
        await server.Log.WaitForAsync("plugin .*calls.*api_dispatch.* failed: no answer within 100 ms");
        await server.Log.WaitForAsync("plugin .*sleeps.*data_for.* failed: no answer within 100 ms");
    }

    [Fact]
    public async Task Limits_ThatChange_NeedNothingOfThePlugin()
    {
        using var site = Fickle("required: false");
        site.Configure("cache", "enabled: false");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("1", (await server.GetAsync("/plain")).Shown("made"));
        await server.ChangeAsync(() => site.Configure("plugins", "timeout_ms: 9000\neach:\n  fickle: { concurrency: 3, required: true }"));
        Assert.Equal("2", (await server.GetAsync("/plain")).Shown("made"));
        Fail(site, "page");
        Assert.Equal(502, (await server.GetAsync("/plain")).Code);
    }

    private static (string Value, string Hello) Both(Reply page) => (page.Shown("value"), page.Shown("hello"));

    private static TestSite Fickle(string entry, string handler = "plain")
    {
        var site = TestSite.Small(handler).PluginFolder("fickle");
        return site.Configure("plugins", $"timeout_ms: 10000\nfailures_until_off: 1000\neach:\n  fickle: {{ {entry} }}");
    }

    private static void Fail(TestSite site, string place) => site.Write($"plugins/fickle/data/{place}", "");

    private static void Heal(TestSite site, string place) => site.Delete($"plugins/fickle/data/{place}");
}
