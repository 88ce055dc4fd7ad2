namespace Platform.Functional.Tests.Plugins;

/// <summary>Plugins that come, change and go while the server runs.</summary>
public sealed class PluginSwapTests
{
    [Fact]
    public async Task Plugin_DroppedIn_Replaced_AndDeleted_ShowsAtOnce()
    {
        using var site = TestSite.Small("plain");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("", await ShownAsync(server));

        await server.ChangeAsync(() => Swap(site, second: false));
        Assert.Equal("first", await ShownAsync(server));
        Assert.Equal("running", await server.PluginStateAsync("swap"));

        await server.ChangeAsync(() => Swap(site, second: true));
        Assert.Equal("second", await ShownAsync(server));

        var from = await server.ChangeAsync(() => site.Delete("plugins/swap.dll"));
        Assert.Equal("", await ShownAsync(server));
        Assert.Null(await server.PluginStateAsync("swap"));
        await server.Log.WaitForAsync("plugin .*swap.*out of service", from);
    }

    [Fact]
    public async Task Plugin_OfWhichHalfIsThere_LeavesTheOldOneInService()
    {
        using var site = TestSite.Small("plain");
        Swap(site, second: false);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("first", await ShownAsync(server));

        var whole = Assembly(second: true);
        var from = await server.ChangeAsync(() => site.Write("plugins/swap.dll", whole[..(whole.Length / 2)]));
        Assert.Equal("first", await ShownAsync(server));
        Assert.Contains("Version 1.0.0 stays in service", await server.Log.WaitForAsync(@"plugins/swap\.dll: is not a \.NET assembly, or only half of one", from), StringComparison.Ordinal);
        Assert.Equal("degraded", (await server.HealthAsync()).GetProperty("status").GetString());

        await server.ChangeAsync(() => site.Write("plugins/swap.dll", whole));
        Assert.Equal("second", await ShownAsync(server));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Plugin_SwappedTwentyTimesUnderLoad_FailsNoRequest()
    {
        using var site = TestSite.Small("plain");
        Swap(site, second: false);
        site.Configure("cache", "enabled: false");
        await using var server = await RunningServer.StartAsync(site);

        using var stop = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (!stop.IsCancellationRequested)
            {
                var page = await server.GetAsync("/plain");
                Assert.True(page.Code == 200 && page.Shown("swap") is "first" or "second", $"Under a swap a page was: {page}");
                count++;
                await Task.Delay(2);
            }

            return count;
        })).ToList();

        for (var swap = 1; swap <= 20; swap++)
        {
            var expected = swap % 2 == 0 ? "first" : "second";
            Swap(site, second: swap % 2 != 0);
            await Eventually.Async($"swap {swap} is seen", () => ShownAsync(server), shown => shown == expected);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(visitors), count => Assert.True(count > 20, $"A visitor saw only {count} pages."));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
        Assert.Empty(server.Log.Matching(" (ERR|WRN) "));
    }

    [Fact]
    public async Task PluginFolder_BringsTemplatesAssetsAndSettings_AndTakesThemAway()
    {
        using var site = TestSite.Small("plain");
        await using var server = await RunningServer.StartAsync(site);
        await server.ChangeAsync(() =>
        {
            // The assembly comes last: until then the folder is not a plugin.
            site.Write("plugins/hello/wwwroot/note.txt", "a note").Write("plugins/hello/templates/brought.html", "brought: {{hello}}");
            site.PluginFolder("hello");
        });
        await Eventually.Async("the plugin's template is a page", () => server.GetAsync("/brought"), r => r.Text == "brought: Hello from a plugin");
        Assert.Equal("a note", (await server.GetAsync("/plugins/hello/note.txt")).Text);
        foreach (var path in new[] { "/plugins/hello/hello.dll", "/plugins/hello/templates/brought.html", "/plugins/hello/wwwroot/note.txt", "/plugins/hello/../hello/hello.dll" }) Assert.Equal(404, (await server.GetAsync(path)).Code);

        await server.ChangeAsync(() => Directory.Move(site.PathOf("plugins/hello"), Path.Combine(site.Outside, "hello")));
        Assert.Equal(404, (await server.GetAsync("/brought")).Code);
        Assert.Equal(404, (await server.GetAsync("/plugins/hello/note.txt")).Code);
    }

    [Fact]
    public async Task Plugin_NamedLikeAnother_IsStartedOnce_LeavesItsOldVersion_AndComesOnceTheOtherGoes()
    {
        using var site = TestSite.Small("plain");
        var hello = File.ReadAllBytes(Path.Combine(Repository.TestPlugin("hello"), "hello.dll"));
        var powers = File.ReadAllBytes(Path.Combine(Repository.TestPlugin("powers"), "powers.dll"));
        site.Write("plugins/powers.dll", powers).Write("plugins/twin.dll", hello);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("Hello from a plugin", (await server.GetAsync("/plain")).Shown("hello"));

        var from = await server.ChangeAsync(() => site.Write("plugins/twin.dll", powers));
        await server.Log.WaitForAsync(@"plugins/twin\.dll: the plugin name ""powers"" is already taken by powers; expected a name of its own", from);
        Assert.Equal("Hello from a plugin", (await server.GetAsync("/plain")).Shown("hello"));
        await server.ChangeAsync(() => site.Theme("another", "x"));
        await server.ChangeAsync(() => site.Theme("another", "y"));
        Assert.Equal(2, server.Log.Matching("plugin .*powers.*: .*greets with none").Count());
        Assert.Equal("degraded", (await server.HealthAsync()).GetProperty("status").GetString());

        await server.ChangeAsync(() => site.Delete("plugins/powers.dll"));
        Assert.Equal("running", await server.PluginStateAsync("powers"));
        Assert.Null(await server.PluginStateAsync("hello"));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task PluginsFolder_Gone_LeavesThePluginsInService_AndTheRestOfTheSiteIsReloaded()
    {
        using var site = TestSite.Small("plain");
        site.Theme("another", "before");
        Swap(site, second: false);
        await using var server = await RunningServer.StartAsync(site);
        await server.ChangeAsync(() => Directory.Move(site.PathOf("plugins"), Path.Combine(site.Outside, "plugins")));
        await server.ChangeAsync(() => site.Theme("another", "after"));
        Assert.Equal("after", (await server.GetAsync("/another")).Text);
        Assert.Equal("first", await ShownAsync(server));
    }

    [Fact]
    public async Task Settings_ChangedInConfig_StartThePluginAnew()
    {
        using var site = TestSite.Small("plain");
        site.Plugin("sleeps").Configure("plugins", "timeout_ms: 10000\neach:\n  sleeps: { settings: { ms: 1, on: other } }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("", (await server.GetAsync("/plain")).Shown("sleeps"));
        await server.ChangeAsync(() => site.Configure("plugins", "timeout_ms: 10000\neach:\n  sleeps: { settings: { ms: 1, on: plain } }"));
        Assert.Equal("awake", (await server.GetAsync("/plain")).Shown("sleeps"));
        await server.ChangeAsync(() => site.Configure("plugins", "timeout_ms: 10000\neach:\n  sleeps: { enabled: false }"));
        Assert.Null(await server.PluginStateAsync("sleeps"));
        Assert.Equal("", (await server.GetAsync("/plain")).Shown("sleeps"));
    }

    private static byte[] Assembly(bool second) => File.ReadAllBytes(Path.Combine(Repository.TestPlugin(second ? "swap-2" : "swap-1"), "swap.dll"));

    private static void Swap(TestSite site, bool second) => site.Write("plugins/swap.dll", Assembly(second));

    private static async Task<string> ShownAsync(RunningServer server) => (await server.GetAsync("/plain")).Shown("swap");
}
