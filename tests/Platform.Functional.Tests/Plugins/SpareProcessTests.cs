namespace Platform.Functional.Tests.Plugins;

/// <summary>The process that is kept ready to take the place of a plugin's.</summary>
public sealed class SpareProcessTests
{
    [Fact]
    public async Task Process_ThatIsKilled_IsReplacedByTheOneThatIsReady_AndTheNextIsMadeReady()
    {
        using var site = IsolationTests.Site("process");
        await using var server = await RunningServer.StartAsync(site);
        var spare = await SpareOfAsync(server);
        await KillAsync(server, "one");
        Assert.Equal(spare, Assert.Single(Processes.WithPluginsOf(server.ProcessId)));

        // One that has ended meanwhile is not waited for.
        var next = await SpareOfAsync(server);
        Assert.NotEqual(spare, next);
        Signal.Send(next, Signal.Kill);
        await KillAsync(server, "two");
        Assert.Empty(server.Log.Matching("can't be started again"));
        await SpareOfAsync(server);

        // It is for the plugins that run in processes of their own, and goes with the last of them.
        site.Configure("plugins", "each:\n  contract: { enabled: false }");
        await Eventually.Async("No process is left", () => Task.FromResult(Processes.ChildrenOf(server.ProcessId)), left => left.Count == 0);
        Assert.Equal(200, (await server.GetAsync("/settings?three")).Code);
        Assert.Empty(Directory.EnumerateFiles(site.Root, "plugin-*.sock", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Server_ThatIsKilled_LeavesNoneReady()
    {
        using var site = IsolationTests.Site("process");
        await using var server = await RunningServer.StartAsync(site);
        var spare = await SpareOfAsync(server);
        await server.CrashAsync();
        await Eventually.Async("It is gone", () => Task.FromResult(Processes.OfGroup(spare)), left => left.Count == 0);
    }

    [Fact]
    public async Task Spare_ThatIsNotWanted_IsNotStarted()
    {
        using var site = IsolationTests.Site("process", "child: { spare: false }, ");
        await using var server = await RunningServer.StartAsync(site);
        var first = Assert.Single(Processes.ChildrenOf(server.ProcessId));
        await KillAsync(server, "one");
        Assert.NotEqual(first, Assert.Single(Processes.ChildrenOf(server.ProcessId)));
    }

    private static async Task KillAsync(RunningServer server, string query)
    {
        var from = server.Log.Count;
        Signal.Send(Assert.Single(Processes.WithPluginsOf(server.ProcessId)), Signal.Kill);
        await server.Log.WaitForAsync("plugin .*contract.*: its process is back", from);
        Assert.Equal(query, (await server.GetAsync($"/query?q={query}")).Shown("value"));
    }

    private static async Task<int> SpareOfAsync(RunningServer server) =>
        (await Eventually.Async("One is ready", () => Task.FromResult(Processes.ReadyOf(server.ProcessId)), ready => ready.Count == 1))[0];
}
