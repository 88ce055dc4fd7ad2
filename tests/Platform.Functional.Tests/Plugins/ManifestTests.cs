namespace Platform.Functional.Tests.Plugins;

/// <summary>What plugin.yaml says, and what the server makes of it.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task PluginsThatRequireOthers_StartAfterThem()
    {
        using var site = Site("hello", "reader", "fickle");
        Manifest(site, "hello", "requires: [reader]");
        Manifest(site, "reader", "requires: [\"fickle >=1.0\"]");
        Manifest(site, "fickle", "version: \"1.2\"");
        await using var server = await RunningServer.StartAsync(site);
        var started = server.Log.Matching("plugin .*: .*in service").ToList();
        Assert.Equal(3, started.Count);
        Assert.Contains("fickle", started[0], StringComparison.Ordinal);
        Assert.Contains("reader", started[1], StringComparison.Ordinal);
        Assert.Contains("hello", started[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task PluginThatRequiresOneThatIsNotThere_IsRefusedWithAClearLine_AndTheRestGoesOn()
    {
        using var site = Site("hello", "reader");
        Manifest(site, "hello", "requires: [nobody]");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("1", (await server.GetAsync("/plain")).Shown("made"));
        Assert.Null(await server.PluginStateAsync("hello"));
        await server.Log.WaitForAsync(@"plugins/hello/hello\.dll: requires the plugin nobody, which is not in service; expected it in plugins/\. Install it, or look at why it was refused\. The plugin is not used\.");

        await server.ChangeAsync(() => Manifest(site, "hello", "requires: [reader]"));
        Assert.Equal("Hello from a plugin", (await server.GetAsync("/plain")).Shown("hello"));
        // Without what it needs it does not go on.
        await server.ChangeAsync(() => site.Delete("plugins/reader"));
        Assert.Null(await server.PluginStateAsync("hello"));
    }

    [Fact]
    public async Task PluginThatRequiresAnotherVersion_IsRefused_AndItsOldVersionStays()
    {
        using var site = Site("hello", "reader");
        Manifest(site, "reader", "version: \"1.2\"");
        Manifest(site, "hello", "requires: [\"reader 1.1\"]");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("running", await server.PluginStateAsync("hello"));
        var from = await server.ChangeAsync(() => Manifest(site, "hello", "requires: [\"reader >=2\"]"));
        await server.Log.WaitForAsync(@"plugins/hello/hello\.dll: requires the plugin reader >=2; reader 1\.2 is in service\. Install another version of one of the two\. Version .* stays in service\.", from);
        Assert.Equal("running", await server.PluginStateAsync("hello"));
    }

    [Fact]
    public async Task PluginsThatRequireEachOther_AreRefusedWithTheCircle_AndTheRestGoesOn()
    {
        using var site = Site("hello", "reader", "fickle");
        Manifest(site, "hello", "requires: [fickle]");
        Manifest(site, "fickle", "requires: [hello]");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("1", (await server.GetAsync("/plain")).Shown("made"));
        await server.Log.WaitForAsync(@"plugins/hello/hello\.dll: requires fickle, which requires hello: a circle; expected plugins that can start one after the other\.");
        await server.Log.WaitForAsync(@"plugins/fickle/fickle\.dll: requires hello, which requires fickle: a circle;");
    }

    [Fact]
    public async Task PluginMadeForAnotherSdk_IsRefused()
    {
        using var site = Site("hello");
        Manifest(site, "hello", "sdk: \">=7 <8\"");
        await using var server = await RunningServer.StartAsync(site);
        await server.Log.WaitForAsync(@"plugins/hello/hello\.dll: was made for Platform\.Sdk >=7 <8 \(plugin\.yaml: sdk\); this server has \d+\.\d+\.\d+\. Install another version of the plugin\. The plugin is not used\.");
        await server.ChangeAsync(() => Manifest(site, "hello", "sdk: \"0.1\""));
        Assert.Equal("running", await server.PluginStateAsync("hello"));
    }

    [Fact]
    public async Task SettingThatPluginYamlDoesNotAllow_IsToldWithItsPlace_AndTheOldOnesStay()
    {
        using var site = Site("powers");
        Manifest(site, "powers", "settings:\n  greeting: Hi\n  slot: { type: text, default: page, one_of: [page, cache] }");
        site.Configure("plugins", "timeout_ms: 10000\neach:\n  powers: { settings: { greeting: Hello } }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("Hello", (await server.GetAsync("/plain")).Shown("value"));
        var from = await server.ChangeAsync(() => site.Configure("plugins", "timeout_ms: 10000\neach:\n  powers: { settings: { greetings: Hello, slot: middle } }"));
        await server.Log.WaitForAsync(@"config\.yaml\(\d+,\d+\): plugins\.each\.powers\.settings\.greetings: unknown setting; its plugin\.yaml knows greeting, slot\. Did you mean ""greeting""\?", from);
        await server.Log.WaitForAsync(@"config\.yaml\(\d+,\d+\): plugins\.each\.powers\.settings\.slot: ""middle""; expected one of page, cache\.", from);
        Assert.Equal("Hello", (await server.GetAsync("/plain")).Shown("value"));
    }

    [Fact]
    public async Task NewVersionThatFailsItsProbe_IsNotTakenUp()
    {
        using var site = Site("fickle");
        Manifest(site, "fickle", "probe: /plain");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("1", (await server.GetAsync("/plain?q=1")).Shown("made"));

        site.Write("plugins/fickle/data/page", "");
        var from = await server.ChangeAsync(() => Manifest(site, "fickle", "probe: /plain\nversion: \"2\""));
        await server.Log.WaitForAsync(@"plugins/fickle/fickle\.dll: fails its probe, data_for /plain: InvalidOperationException: fickle fails at page\. Version .* stays in service\.", from);
        site.Delete("plugins/fickle/data/page");
        // The old one has gone on: it still counts.
        Assert.Equal("2", (await server.GetAsync("/plain?q=2")).Shown("made"));

        await server.ChangeAsync(() => Manifest(site, "fickle", "probe: /plain\nversion: \"3\""));
        Assert.Equal("1", (await server.GetAsync("/plain?q=3")).Shown("made"));
    }

    [Fact]
    public async Task AppsThatAPluginProvides_GoToItWithoutConfiguration()
    {
        using var site = Site("calls", "powers");
        Manifest(site, "powers", "provides: { api: [mine] }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(200, (await server.GetAsync("/api/other/say/ok")).Code);
        // Calls, which comes first and would answer, is not asked.
        Assert.Equal(404, (await server.GetAsync("/api/mine/say/ok")).Code);
        Assert.Equal(200, (await server.GetAsync("/api/mine/x/purge")).Code);
    }

    private static TestSite Site(params string[] plugins)
    {
        var site = TestSite.Small("plain");
        foreach (var plugin in plugins) site.PluginFolder(plugin);
        return site;
    }

    private static void Manifest(TestSite site, string plugin, string yaml) => site.Write($"plugins/{plugin}/plugin.yaml", yaml + "\n");
}
