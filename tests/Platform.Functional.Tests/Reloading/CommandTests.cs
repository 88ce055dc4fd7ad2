using System.Text.Json;

namespace Platform.Functional.Tests.Reloading;

/// <summary>The command line, and what it says to a running server.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Serve_WithABrokenConfig_ExitsWith1AndListsEveryProblem()
    {
        using var site = TestSite.Small();
        site.Write("config.yaml", "cache:\n  ttl: soon\nplugins:\n  timeout: 5\nnonsense: 1\n");
        var (exitCode, output, errors) = await Command.RunAsync("serve", "--config", site.ConfigFile, "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, ""), (exitCode, output));
        foreach (var problem in new[] { "config.yaml(2,8): cache.ttl: soon;", "config.yaml(4,3): plugins.timeout: unknown key", "config.yaml(5,1): nonsense: unknown key" }) Assert.Contains(problem, errors, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"timeout_ms\"?", errors, StringComparison.Ordinal);
        Assert.EndsWith("platform: not started\n", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-folder/config.yaml")]
    [InlineData("missing.yaml")]
    public async Task Serve_WithoutAConfig_SaysSoWithoutAStackTrace(string file)
    {
        using var site = TestSite.Small();
        var (exitCode, _, errors) = await Command.RunAsync("--config", site.PathOf(file));
        Assert.Equal(1, exitCode);
        Assert.Contains(Path.GetFileName(file), errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WhereThePortIsTaken_SaysSo()
    {
        using var site = TestSite.Small();
        await using var server = await RunningServer.StartAsync(site);
        var (exitCode, _, errors) = await Command.RunAsync("serve", "--config", site.ConfigFile, "--urls", server.Url.ToString().TrimEnd('/'));
        Assert.Equal(1, exitCode);
        Assert.Contains($"{server.Url.Port}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync("/health")).Code);
    }

    [Fact]
    public async Task Check_OfAWholeAndABrokenSite_ExitsWith0And1()
    {
        using var site = TestSite.Small("plain");
        site.Plugin("hello");
        var whole = await Command.RunAsync("check", "--config", site.ConfigFile);
        Assert.True(whole.ExitCode == 0 && whole.Output.EndsWith("no problems; 1 plugins, 1 themes\n", StringComparison.Ordinal), $"platform check: {whole}");

        site.Plugin("bad-init").Theme("broken", "{{#if}}").Write("routes.json", "{ \"domains\": [], \"extra\": 1 }");
        var broken = await Command.RunAsync("check", "--config", site.ConfigFile);
        Assert.Equal((1, ""), (broken.ExitCode, broken.Output));
        Assert.Contains("routes.json(1,", broken.Errors, StringComparison.Ordinal);

        site.Routes([]);
        var others = await Command.RunAsync("check", "--config", site.ConfigFile);
        Assert.Equal(1, others.ExitCode);
        Assert.Contains("plugins/bad-init.dll: ", others.Errors, StringComparison.Ordinal);
        Assert.Contains("themes/default/broken.html(1,", others.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfTheShippedSite_FindsNothing()
    {
        using var site = TestSite.Shipped();
        var check = await Command.RunAsync("check", "--config", site.ConfigFile);
        Assert.True(check is { ExitCode: 0, Errors: "" } && check.Output.EndsWith("no problems; 1 plugins, 2 themes\n", StringComparison.Ordinal), $"platform check: {check}");
    }

    [Fact]
    public async Task Check_OfASiteWithWarnings_SaysThemAndExitsWith0()
    {
        using var site = TestSite.Shipped();
        site.Theme("about", "<a href=\"{{home}}\">{{titl}}</a>{{{content}}}");
        var (exitCode, output, errors) = await Command.RunAsync("check", "--config", site.ConfigFile);
        Assert.Equal(0, exitCode);
        Assert.Contains("warning: wwwroot/templates/themes/default/about.html(1,10): 'home' begins the URL of 'href', and escaping does not stop javascript:. Write {{url home}}.\n", errors, StringComparison.Ordinal);
        Assert.Contains("warning: wwwroot/templates/themes/default/about.html(1,22): \"titl\" is no data key of an installed plugin; did you mean \"title\"?\n", errors, StringComparison.Ordinal);
        Assert.EndsWith("no problems; 2 warnings; 1 plugins, 2 themes\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", output + errors, StringComparison.Ordinal);

        var notes = await Command.RunAsync("check", "--notes", "--config", site.ConfigFile);
        Assert.Contains("note: wwwroot/templates/themes/default/about.html(1,32): 'content' is printed as it is", notes.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "--prot", "80")]
    [InlineData("sevre")]
    public async Task CommandLine_NotUnderstood_ExitsWith2(params string[] arguments)
    {
        var (exitCode, _, errors) = await Command.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(arguments.Last(a => a != "80"), errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CacheClear_OnARunningServer_DropsPages_AllOrThoseWithATag()
    {
        using var site = TestSite.Small("plain", "tagged");
        site.Plugin("reader");
        await using var server = await RunningServer.StartAsync(site);
        foreach (var path in new[] { "/plain", "/tagged" }) await server.GetAsync(path);
        foreach (var path in new[] { "/plain", "/tagged" }) Assert.True((await server.GetAsync(path)).IsHit, $"{path} should be stored.");

        Assert.Equal((0, "dropped the pages tagged news\n", ""), await Command.RunAsync("cache", "clear", "--tag", "news", "--config", site.ConfigFile));
        Assert.False((await server.GetAsync("/tagged")).IsHit, "A page that bears the tag was still served from the cache.");
        Assert.True((await server.GetAsync("/plain")).IsHit, "A page without the tag was dropped.");

        Assert.Equal((0, "dropped all pages\n", ""), await Command.RunAsync("cache", "clear", "--config", site.ConfigFile));
        Assert.False((await server.GetAsync("/plain")).IsHit, "After a clear a page was still served from the cache.");
    }

    [Fact]
    public async Task Status_OfARunningServer_SaysWhatIsWrongAndWhere()
    {
        using var site = TestSite.Small("plain");
        await using var server = await RunningServer.StartAsync(site);
        await server.ChangeAsync(() => site.Write("routes.json", "{\n \"nonsense\": 1 }"));
        var (exitCode, output, _) = await Command.RunAsync("status", "--config", site.ConfigFile);
        Assert.Equal(0, exitCode);
        var problem = Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("problems").EnumerateArray());
        Assert.StartsWith("routes.json(2,2): nonsense: unknown key", problem.GetString(), StringComparison.Ordinal);
        // Visitors learn that something is wrong, not where.
        Assert.DoesNotContain("nonsense", (await server.GetAsync("/health")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithoutARunningServer_SaysSo()
    {
        using var site = TestSite.Small();
        var (exitCode, _, errors) = await Command.RunAsync("cache", "clear", "--config", site.ConfigFile);
        Assert.Equal(1, exitCode);
        Assert.Contains("no server runs for", errors, StringComparison.Ordinal);

        // One that was killed leaves its socket behind.
        await using (var server = await RunningServer.StartAsync(site)) await server.CrashAsync();
        Assert.Equal(1, (await Command.RunAsync("status", "--config", site.ConfigFile)).ExitCode);
    }

    [Fact]
    public async Task ControlSocket_IsOpenToItsOwnerAlone()
    {
        using var site = TestSite.Small();
        await using var server = await RunningServer.StartAsync(site);
        var socket = Assert.Single(Directory.GetFiles(site.PathOf("data"), "*.sock"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
        Assert.Equal(404, (await server.GetAsync("/cache/clear")).Code);
        Assert.NotEqual(200, (await server.Visitor().SendAsync(HttpMethod.Post, "/cache/clear")).Code);
        Assert.NotEqual(200, (await server.Visitor().SendAsync(HttpMethod.Post, "/reload")).Code);
    }

    [Fact]
    public async Task Environment_OverridesTheFile()
    {
        using var site = TestSite.Small("plain");
        await using var server = await RunningServer.StartAsync(site, ("PLATFORM_CACHE__ENABLED", "false"), ("PLATFORM_IP_ACCESS_CONTROL__ENABLED", "true"), ("PLATFORM_IP_ACCESS_CONTROL__UNLISTED", "allow"));
        await server.GetAsync("/plain");
        Assert.Equal((200, ""), await server.GetAsync("/plain") is var reply ? (reply.Code, reply.CacheStatus) : default);
    }
}
