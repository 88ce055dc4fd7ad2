namespace Platform.Functional.Tests.Plugins;

/// <summary>The life of a plugin's process: what ends it, what that costs, and what is left of it.</summary>
public sealed class ChildProcessTests
{
    [Theory]
    [InlineData("process")]
    [InlineData("command")]
    public async Task Process_ThatIsKilled_IsBack_AndOnlyItsCallsFailed(string isolation)
    {
        using var site = IsolationTests.Site(isolation);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("Hi", (await server.GetAsync("/settings")).Shown("value"));
        for (var turn = 1; turn <= 3; turn++)
        {
            var from = server.Log.Count;
            var child = Assert.Single(Processes.WithPluginsOf(server.ProcessId));
            Signal.Send(child, Signal.Kill);
            // Asked for while it is away, the page waits.
            Assert.Equal("", (await server.GetAsync("/query?q=" )).Shown("value"));
            Assert.True((await server.GetAsync("/settings")).IsHit);
            await server.Log.WaitForAsync("plugin .*contract.*: its process ended and is started again: ", from);
            await server.Log.WaitForAsync("plugin .*contract.*: its process is back", from);
            var page = await server.GetAsync($"/query?q={turn}");
            Assert.Equal((200, $"{turn}"), (page.Code, page.Shown("value")));
            Assert.NotEqual(child, Assert.Single(Processes.WithPluginsOf(server.ProcessId)));
        }

        Assert.Equal("running", await server.PluginStateAsync("contract"));
    }

    [Fact]
    public async Task Process_ThatCrashesAgainAndAgain_IsQuarantined_UntilItIsLifted()
    {
        using var site = Greedy("", "crashes_until_quarantine: 3");
        await using var server = await RunningServer.StartAsync(site);
        for (var crash = 0; crash < 3; crash++) await server.GetAsync("/api/greedy/x/crash");
        await server.Log.WaitForAsync(@"ERR plugin .*greedy.*: quarantined: its process ended 3 times within 60 s; the last: .*exit code 7");
        Assert.Equal("quarantined", await server.PluginStateAsync("greedy"));
        var page = await server.GetAsync("/settings");
        Assert.Equal((200, ""), (page.Code, page.Shown("value")));
        Assert.Empty(Processes.ChildrenOf(server.ProcessId));

        Assert.Equal(0, (await Command.RunAsync("reload", "--config", site.ConfigFile)).ExitCode);
        await server.Log.WaitForAsync("plugin .*greedy.*: its process is back");
        await Eventually.Async("It serves again", () => server.GetAsync("/settings?again"), reply => reply.Shown("value") == "settings");
    }

    [Theory]
    [InlineData("memory", "memory_mb: 200", @"\d+ MB of memory found; child\.memory_mb is 200")]
    [InlineData("threads", "threads: 32", @"\d+ threads found; child\.threads is 32")]
    [InlineData("files", "files: 64", @"\d+ open files found; child\.files is 64")]
    [InlineData("processes", "processes: 3", @"\d+ processes that it has started found; child\.processes is 3")]
    public async Task Process_OverItsBudget_IsEndedWithAllItHasStarted(string takes, string limit, string said)
    {
        using var site = Greedy($"child: {{ {limit} }}, ");
        await using var server = await RunningServer.StartAsync(site);
        var child = Assert.Single(Processes.WithPluginsOf(server.ProcessId));
        await server.GetAsync($"/api/greedy/x/{takes}");
        await server.Log.WaitForAsync($@"plugin .*greedy.*: its process ended and is started again: it was ended for what it holds: {said}");
        await Eventually.Async("Nothing of it is left", () => Task.FromResult(Processes.OfGroup(child)), left => left.Count == 0);
        await Eventually.Async("It serves again", () => server.GetAsync("/settings?x"), reply => reply.Shown("value") == "settings");
    }

    [Fact]
    public async Task Call_ThatDoesNotComeBack_CostsTheProcessItsLife()
    {
        using var site = Greedy("timeout_ms: 200, ");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/api/greedy/x/loop");
        await server.Log.WaitForAsync("plugin .*greedy.*: its process ended and is started again: it was ended for a call that did not come back within three times its deadline");
        await Eventually.Async("It serves again", () => server.GetAsync("/settings?x"), reply => reply.Shown("value") == "settings");
    }

    [Fact]
    public async Task Process_ThatEndsWhileItsNewFilesAreRefused_IsNotStartedFromThose()
    {
        using var site = Greedy("").Configure("cache", "enabled: false");
        await using var server = await RunningServer.StartAsync(site);
        var good = File.ReadAllText(Path.Combine(site.Root, "plugins", "greedy", "plugin.mjs"));
        await server.ChangeAsync(() => site.Write("plugins/greedy/plugin.mjs", good.Replace("name: \"greedy\",", "name: \"greedy\", globalData: () => { throw new Error(\"refused\"); },")));
        await server.Log.WaitForAsync("plugins/greedy.*fails its probe, global_data.*stays in service");
        Assert.Equal("settings", (await server.GetAsync("/settings?one")).Shown("value"));

        Signal.Send(Assert.Single(Processes.WithPluginsOf(server.ProcessId)), Signal.Kill);
        await server.Log.WaitForAsync("plugin .*greedy.*: quarantined: .*the files of greedy are others than those it was started from");
        Assert.Equal("", (await server.GetAsync("/settings?two")).Shown("value"));

        await server.ChangeAsync(() => site.Write("plugins/greedy/plugin.mjs", good + "// as it was"));
        await Eventually.Async("It serves again", () => server.GetAsync("/settings?three"), reply => reply.Shown("value") == "settings");
    }

    [Fact]
    public async Task Process_ThatHangsAgain_IsLeftAloneForAWhile_AndPagesDoNotWaitForIt()
    {
        using var site = Greedy("timeout_ms: 500, ");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/api/greedy/x/loop");
        await server.Log.WaitForAsync("plugin .*greedy.*: its process is back");
        var from = server.Log.Count;
        await server.GetAsync("/api/greedy/x/loop");
        await server.Log.WaitForAsync("plugin .*greedy.*: its process ended and is started again in 5 s: it was ended for a call that did not come back", from);

        var page = await server.GetAsync("/settings?x");
        Assert.Equal((200, ""), (page.Code, page.Shown("value")));
        await server.Log.WaitForAsync(@"plugin .*greedy.*: data_for failed: its process hangs and is left alone for 5 s; the last: it was ended for a call", from);
        await server.Log.WaitForAsync("plugin .*greedy.*: its process is back", from);
        Assert.Equal("settings", (await server.GetAsync("/settings?y")).Shown("value"));
    }

    [Theory]
    [InlineData(1, "is started again: it was ended")]
    [InlineData(2, "is started again in 5 s: it was ended")]
    public async Task Process_OfWhichHalfOfTheCallsHang_IsLeftAloneForAWhile_AndOneOfASingleCallIsNot(int calls, string said)
    {
        using var site = Greedy("timeout_ms: 500, concurrency: 4, ");
        await using var server = await RunningServer.StartAsync(site);
        await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => server.GetAsync("/api/greedy/x/loop")));
        await server.Log.WaitForAsync($"plugin .*greedy.*: its process ended and {said} for a call that did not come back");
        await server.Log.WaitForAsync("plugin .*greedy.*: its process is back");
    }

    [Theory]
    [InlineData("command: [no-such-program]", @"command: ""no-such-program"" found; expected an executable in PATH or in the plugin's folder\. Install it, or correct the command\.")]
    [InlineData("command: [./missing.sh]", @"command: ""\./missing\.sh"" found; expected an executable")]
    [InlineData("command: [\"true\"]", "its process ended with exit code 0 before it said hello")]
    [InlineData("command: [node, wrong-token.mjs]", "a connection was refused: its token is not the one it was given")]
    [InlineData("command: [node, old.mjs]", "it speaks protocol 7; this server speaks 1")]
    [InlineData("version: \"1\"", "no assembly found; expected silent.dll or bin/silent.dll in it, or a plugin.yaml with a command")]
    public async Task Command_ThatCanNotServe_IsRefusedInOneLine(string manifest, string said)
    {
        using var site = TestSite.Small("settings");
        site.Write("plugins/silent/plugin.yaml", manifest);
        site.Write("plugins/silent/wrong-token.mjs", Connecting("""{"type":"hello","protocol":1,"token":"guess"}""") + "\nsocket.on('close', () => process.exit(1));");
        site.Write("plugins/silent/old.mjs", Connecting("""{"type":"hello","protocol":7,"token":"TOKEN"}"""));
        await using var server = await RunningServer.StartAsync(site);
        Assert.Contains("plugins/silent", await server.Log.WaitForAsync(said), StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync("/settings")).Code);
        Assert.Empty(Processes.ChildrenOf(server.ProcessId));
    }

    [Fact]
    public async Task Command_ThatSaysNothing_IsGivenUpAfterNineSeconds()
    {
        using var site = TestSite.Small("settings");
        await using var server = await RunningServer.StartAsync(site);
        site.Write("plugins/silent/plugin.yaml", "command: [sleep, \"1000\"]");
        await server.Log.WaitForAsync(@"plugins/silent/plugin\.yaml: .*did not .*within 9 s");
        await Eventually.Async("Its process is gone", () => Task.FromResult(Processes.ChildrenOf(server.ProcessId)), left => left.Count == 0);
    }

    [Theory]
    [InlineData("process")]
    [InlineData("command")]
    public async Task Server_ThatIsKilled_LeavesNoProcess_AndOneThatStopsNeitherFileNorProcess(string isolation)
    {
        using var site = IsolationTests.Site(isolation);
        int child;
        await using (var killed = await RunningServer.StartAsync(site))
        {
            child = Assert.Single(Processes.WithPluginsOf(killed.ProcessId));
            await killed.CrashAsync();
        }

        await Eventually.Async("The child is gone", () => Task.FromResult(Processes.OfGroup(child)), left => left.Count == 0);
        await using (var server = await RunningServer.StartAsync(site)) child = Assert.Single(Processes.WithPluginsOf(server.ProcessId));
        Assert.Empty(Processes.OfGroup(child));
        Assert.Empty(Directory.EnumerateFiles(site.Root, "plugin-*.sock", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Output_OfAProcess_IsLinesOfTheLog_EscapedAndCounted()
    {
        using var site = Greedy("");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/api/greedy/x/flood");
        await server.Log.WaitForAsync(@"plugin .*greedy.*: .*flood 1 \\u001b\[31mx");
        await Eventually.Async("What was left out is counted", () => server.GetAsync("/api/greedy/x/flood"), _ => server.Log.Matching(@"plugin .*greedy.*: \d+ lines .*not written").Any());
        Assert.All(server.Log.Matching("flood "), line => Assert.InRange(line.Length, 1, 4400));
        Assert.Equal("settings", (await server.GetAsync("/settings")).Shown("value"));
    }

    private static TestSite Greedy(string limits, string plugins = "timeout_ms: 10000")
    {
        var site = TestSite.Small("settings");
        var folder = Path.Combine(Repository.Root, "tests", "TestPlugins", "greedy-node");
        foreach (var file in Directory.EnumerateFiles(folder)) site.Write($"plugins/greedy/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        site.Write("plugins/greedy/platform-plugin.mjs", File.ReadAllBytes(Path.Combine(Repository.Root, "sdk", "node", "platform-plugin.mjs")));
        return site.Configure("plugins", $"{plugins}\neach:\n  greedy: {{ {limits}order: 1 }}");
    }

    private static string Connecting(string hello) => $$"""
        import { connect } from "node:net";
        const socket = connect(process.env.PLATFORM_PLUGIN_SOCKET);
        const text = Buffer.from('{{hello}}'.replace("TOKEN", process.env.PLATFORM_PLUGIN_TOKEN));
        const length = Buffer.alloc(4);
        length.writeUInt32BE(text.length);
        socket.on("connect", () => socket.write(Buffer.concat([length, text])));
        socket.on("error", () => {});
        """;
}
