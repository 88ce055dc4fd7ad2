using System.Text.Json;

namespace Platform.Functional.Tests.Plugins;

/// <summary>What an admin does with a site's plugins, on running servers and without one.</summary>
public sealed class PluginCommandTests : IDisposable
{
    private readonly TestSite site = TestSite.Small("plain");

    [Fact]
    public async Task Disable_HoldsBeyondARestart_AndTheListSaysSo()
    {
        site.Plugin("hello").Plugin("bad-init");
        await using (var server = await RunningServer.StartAsync(site))
        {
            Assert.Equal("Hello from a plugin", (await server.GetAsync("/plain")).Shown("hello"));
            Assert.Equal((0, "hello is switched off\n", ""), await RunAsync("disable", "hello"));
            Assert.Equal("", (await server.GetAsync("/plain")).Shown("hello"));
        }

        await using (var server = await RunningServer.StartAsync(site))
        {
            Assert.Equal("", (await server.GetAsync("/plain")).Shown("hello"));
            Assert.Empty(server.Log.Matching("plugin hello .*in service"));
            var rows = await ListAsync();
            Assert.Equal(["bad-init refused", "hello disabled"], rows.Select(row => $"{row.GetProperty("name")} {row.GetProperty("state")}"));
            Assert.Contains("InitAsync fails on purpose", rows[0].GetProperty("reason").GetString(), StringComparison.Ordinal);

            Assert.Equal((0, "hello 0.1.0 is in service\n", ""), await RunAsync("enable", "hello"));
            Assert.Equal("Hello from a plugin", (await server.GetAsync("/plain")).Shown("hello"));
            var table = (await RunAsync("list")).Output.Split('\n');
            Assert.StartsWith("NAME", table[0], StringComparison.Ordinal);
            Assert.Contains("RIGHTS", table[0], StringComparison.Ordinal);
            Assert.Matches(@"^hello +0\.1\.0 +running +shared-process +\d+ +0$", table[2]);
            Assert.False(File.Exists(site.PathOf("plugins/.disabled")), "An empty list stayed.");

            // Written by hand it counts just as well.
            await server.ChangeAsync(() => site.Write("plugins/.disabled", "# for now\nhello\n"));
            Assert.Equal("", (await server.GetAsync("/plain")).Shown("hello"));
        }
    }

    [Fact]
    public async Task Install_OfManyAtOnce_OnTwoServers_EndsWithOneVersionOnBoth()
    {
        var packages = new[] { await PackAsync("swap-1"), await PackAsync("swap-2") };
        await using var first = await RunningServer.StartAsync(site);
        await using var second = await RunningServer.StartAsync(site);
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => RunAsync("install", packages[n % 2])));
        Assert.All(runs, run => Assert.True(run.ExitCode == 0 && run.Output.EndsWith(" is in service\n", StringComparison.Ordinal), $"Not installed: {run}"));
        var shown = (await first.GetAsync("/plain")).Shown("swap");
        Assert.Contains(shown, new[] { "first", "second" });
        Assert.Equal(shown, (await second.GetAsync("/plain")).Shown("swap"));
        Assert.Equal(["swap"], Directory.GetFileSystemEntries(site.PathOf("plugins")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Install_OfABrokenTemplate_IsTakenBack()
    {
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(0, (await RunAsync("install", await PackAsync("swap-1"))).ExitCode);
        var (exitCode, _, errors) = await RunAsync("install", await PackAsync("swap-2", ("templates/broken.html", "{{#if}}")));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("plugins/swap/templates/broken.html(1,", errors, StringComparison.Ordinal);
        Assert.EndsWith("platform: swap: not installed; everything is as before.\n", errors, StringComparison.Ordinal);
        Assert.Equal("first", (await server.GetAsync("/plain")).Shown("swap"));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Commands_WithoutAServer_WorkOnTheFiles()
    {
        Assert.Equal((0, "no server runs; swap is installed\n", ""), await RunAsync("install", await PackAsync("swap-1")));
        Assert.Equal((0, "no server runs; swap is switched off\n", ""), await RunAsync("disable", "swap"));
        var row = Assert.Single(await ListAsync());
        Assert.Equal(("swap", "disabled"), (row.GetProperty("name").GetString(), row.GetProperty("state").GetString()));
        Assert.Equal((0, "no server runs; swap is switched on\n", ""), await RunAsync("enable", "swap"));
        Assert.Equal((1, "", "platform: no plugin \"swpa\" is installed; expected one of swap. Did you mean \"swap\"?\n"), await RunAsync("remove", "swpa"));
        Assert.Equal((0, "no server runs; swap is removed\n", ""), await RunAsync("remove", "swap"));
        Assert.Empty(Directory.GetFileSystemEntries(site.PathOf("plugins")));
        Assert.Equal((1, ""), await RunAsync("install", site.ConfigFile) is var (exitCode, output, _) ? (exitCode, output) : default);
    }

    [Fact]
    public async Task Logs_OfAPlugin_AreItsLinesAlone()
    {
        site.Plugin("hello").Plugin("throws");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        var (exitCode, output, _) = await RunAsync("logs", "throws");
        Assert.Equal(0, exitCode);
        Assert.Contains("plugin throws: data_for failed: InvalidOperationException: thrown on purpose", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", output, StringComparison.Ordinal);
        var last = (await RunAsync("logs", "hello", "-n", "1")).Output;
        Assert.Matches(@"^\S+ \S+ INF plugin hello 0\.1\.0: in service\n$", last);
        Assert.Equal((1, "", "platform: no plugin \"helo\" is installed; expected one of hello, throws. Did you mean \"hello\"?\n"), await RunAsync("logs", "helo"));
    }

    [Fact]
    public async Task Test_OfAWellManneredPlugin_FindsNothing()
    {
        var (exitCode, output, errors) = await Command.RunAsync("plugin", "test", Repository.TestPlugin("hello") + "/hello.dll");
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.EndsWith("\n9 passed, 0 failed\n", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n')[..9], line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exits", "failed answers usual and odd requests", "the process ended with exit code 3")]
    [InlineData("overflows", "failed answers usual and odd requests", "the process ended with exit code 134: Stack overflow.")]
    [InlineData("forgets to await", "failed answers usual and odd requests", "the process ended with exit code 134: Unhandled exception. System.InvalidOperationException: thrown on purpose")]
    [InlineData("throws on a thread", "failed answers usual and odd requests", "the process ended with exit code 134: Unhandled exception. System.InvalidOperationException: thrown on purpose")]
    [InlineData("throws at odd paths", "failed answers usual and odd requests", "/NaN with 0 query keys, user -: InvalidOperationException: NaN on purpose")]
    [InlineData("changes folder", "failed leaves alone what the whole process shares", "changed: Environment.CurrentDirectory")]
    [InlineData("changes culture", "failed leaves alone what the whole process shares", "changed: CultureInfo.DefaultThreadCurrentCulture")]
    [InlineData("changes console", "failed leaves alone what the whole process shares", "changed: Console.Out")]
    [InlineData("leaves a thread", "failed is gone from memory", "threads left: \"left behind\"")]
    [InlineData("ignores tokens", "ok comes back soon", "(warning: ill-mannered: still under way 1000 ms after")]
    [InlineData("counts", "ok answers the same request with the same data", "(warning: ill-mannered: two answers differ")]
    public async Task Test_OfAnIllManneredPlugin_SaysWhatItDoes(string does, string assertion, string finding)
    {
        var folder = site.PathOf("ill-mannered");
        Directory.CreateDirectory(folder);
        File.Copy(Repository.TestPlugin("ill-mannered") + "/ill-mannered.dll", Path.Combine(folder, "ill-mannered.dll"));
        await File.WriteAllTextAsync(Path.Combine(folder, "plugin.yaml"), $"settings:\n  does: {does}\n", TestContext.Current.CancellationToken);
        var (exitCode, output, _) = await Command.RunAsync("plugin", "test", folder, "--only", assertion[(assertion.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var line = Assert.Single(output.Split('\n'), line => line.StartsWith(assertion, StringComparison.Ordinal));
        Assert.Contains(finding, line, StringComparison.Ordinal);
        Assert.EndsWith(exitCode == 0 ? "\n1 passed, 0 failed\n" : "\n0 passed, 1 failed\n", output, StringComparison.Ordinal);
    }

    public void Dispose() => site.Dispose();

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => Command.RunAsync(["plugin", .. arguments, "--config", site.ConfigFile]);

    private async Task<IReadOnlyList<JsonElement>> ListAsync() => [.. JsonDocument.Parse((await RunAsync("list", "--json")).Output).RootElement.EnumerateArray()];

    /// <summary>A package of one of the two versions of <c>swap</c>.</summary>
    private async Task<string> PackAsync(string project, params (string Name, string Text)[] files)
    {
        var (folder, package) = (Path.Combine(site.Outside, project), Path.Combine(site.Outside, project + ".zip"));
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(Repository.TestPlugin(project), "swap.dll"), Path.Combine(folder, "swap.dll"));
        foreach (var (name, text) in files.Append(("plugin.yaml", "name: swap\n")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        }

        var packed = await Command.RunAsync("pack", folder, "-o", package);
        Assert.True(packed.ExitCode == 0, $"Not packed: {packed}");
        return package;
    }
}
