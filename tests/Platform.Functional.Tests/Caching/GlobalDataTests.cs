namespace Platform.Functional.Tests.Caching;

/// <summary>Data for every page are part of each page: what changes them drops it, and a purge ends them too.</summary>
public sealed class GlobalDataTests
{
    [Theory]
    [InlineData("")]
    [InlineData(", file: content/none.md")]
    public async Task Settings_ThatChange_AreSeenOnPagesTheirPluginKnowsNothingOf(string file)
    {
        using var site = TestSite.Small("shown").Plugin("noticeboard");
        Name(site, "First" + file);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("First", (await server.GetAsync("/shown")).Shown("site"));
        Assert.True((await server.GetAsync("/shown")).IsHit);
        await server.ChangeAsync(() => Name(site, "Second" + file));
        Assert.Equal("Second", (await server.GetAsync("/shown")).Shown("site"));
        Assert.True((await server.GetAsync("/shown")).IsHit);
    }

    [Fact]
    public async Task HeadersAheadOfThePage_ThatChange_AreSeenOnPagesTheirPluginKnowsNothingOf()
    {
        using var site = TestSite.Small("shown").Plugin("labels");
        Label(site, "one");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("one", (await server.GetAsync("/shown")).Header("X-Edition"));
        var hit = await server.GetAsync("/shown");
        Assert.Equal((true, "one"), (hit.IsHit, hit.Header("X-Edition")));
        await server.ChangeAsync(() => Label(site, "two"));
        Assert.Equal("two", (await server.GetAsync("/shown")).Header("X-Edition"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_UnderWayDuringAPurge_IsNotKept(bool byCommand)
    {
        using var site = Board();
        await using var server = await RunningServer.StartAsync(site);
        var before = await HoldAsync(server, "/tagged");
        await PurgeAsync(site, server, byCommand);
        await SayAsync(server, "release");
        await before;
        Assert.Equal("new", (await server.GetAsync("/plain")).Shown("shared"));
        Assert.Equal("new", (await server.GetAsync("/tagged")).Shown("shared"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_UnderWayDuringAPurge_IsNotGivenToWhoComesAfterIt(bool byCommand)
    {
        using var site = Board();
        await using var server = await RunningServer.StartAsync(site);
        var before = await HoldAsync(server, "/tagged");
        await PurgeAsync(site, server, byCommand);
        // Who joined the answer of before would wait for what comes next.
        var after = await server.GetAsync("/plain");
        await SayAsync(server, "release");
        await before;
        Assert.Equal("new", after.Shown("shared"));
        Assert.Equal("new", (await server.GetAsync("/plain")).Shown("shared"));
    }

    /// <summary>Asks for a page whose data for every page have been read and are not handed over yet; then these change.</summary>
    private static async Task<Task<Reply>> HoldAsync(RunningServer server, string path)
    {
        await SayAsync(server, "hold");
        var page = server.GetAsync(path);
        await server.Log.WaitForAsync("plugin .*noticeboard.*: .*is held with old");
        await SayAsync(server, "post");
        return page;
    }

    private static async Task PurgeAsync(TestSite site, RunningServer server, bool byCommand)
    {
        if (byCommand) Assert.Equal(0, (await Command.RunAsync("cache", "clear", "--tag", "news", "--config", site.ConfigFile)).ExitCode);
        else await SayAsync(server, "purge");
    }

    private static async Task SayAsync(RunningServer server, string word) => Assert.Equal(200, (await server.GetAsync($"/api/noticeboard/x/{word}")).Code);

    private static TestSite Board()
    {
        var site = TestSite.Small("plain", "tagged").Plugin("noticeboard").Plugin("reader");
        return Name(site, "Board");
    }

    private static TestSite Name(TestSite site, string name) => site.Configure("plugins", $"timeout_ms: 10000\neach:\n  noticeboard: {{ settings: {{ name: {name} }} }}");

    private static void Label(TestSite site, string edition) =>
        site.Configure("plugins", $"timeout_ms: 10000\neach:\n  labels:\n    settings:\n      slot: page\n      headers: {{ X-Edition: {edition} }}");
}
