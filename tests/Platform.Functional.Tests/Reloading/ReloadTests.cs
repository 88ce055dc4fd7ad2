namespace Platform.Functional.Tests.Reloading;

/// <summary>Files that change, and files that are broken, while the server runs.</summary>
public sealed class ReloadTests
{
    [Theory]
    [InlineData("routes.json", "{\n  \"domains\": [\n    { \"domain\": \"127.0.0.1\", \"routs\": [] }\n  ]\n}\n", @"routes\.json\(3,30\): .*unknown key ""routs"".*Did you mean ""routes""\?")]
    [InlineData("routes.json", "{ \"domains\": [\n", @"routes\.json\(2,1\)")]
    [InlineData("config.yaml", "cache:\n  ttl: soon\n", @"config\.yaml\(2,8\): cache\.ttl: soon; expected a whole number of seconds")]
    [InlineData("config.yaml", "cache: [\n", @"config\.yaml\(\d+,\d+\)")]
    [InlineData("wwwroot/templates/themes/default/plain.html", "one\n{{#if a}}\nthree", @"themes/default/plain\.html\(2,\d+\)")]
    public async Task BrokenFile_SavedWhileRunning_LeavesTheOldStateAndNamesThePlace(string file, string broken, string place)
    {
        using var site = TestSite.Small("routed");
        site.Theme("plain", "plain as it was");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("plain as it was", (await server.GetAsync("/plain")).Text);
        var whole = site.Read(file);

        var from = await server.ChangeAsync(() => site.Write(file, broken));
        await server.Log.WaitForAsync(place, from);
        Assert.Equal("plain as it was", (await server.GetAsync("/plain")).Text);
        Assert.Equal(200, (await server.GetAsync("/routed")).Code);
        var health = await server.HealthAsync();
        Assert.Equal(("degraded", 1), (health.GetProperty("status").GetString(), health.GetProperty("problem_count").GetInt32()));

        await server.ChangeAsync(() => site.Write(file, whole));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
        Assert.Equal("plain as it was", (await server.GetAsync("/plain")).Text);

        // Said when it broke, not again each time somebody looked.
        Assert.Equal(0, await StopAsync(server));
        Assert.Single(server.Log.Matching(place));
    }

    [Fact]
    public async Task Template_WithAWarning_GoesIntoForce_AndTheLogSaysItOnce()
    {
        using var site = TestSite.Small("plain");
        site.Theme("page", "<a href=\"{{first}}\">");
        await using var server = await RunningServer.StartAsync(site);
        await server.Log.WaitForAsync(@"page\.html\(1,10\): 'first' begins the URL");
        var from = await server.ChangeAsync(() => site.Theme("page", "<a href=\"{{first}}\">{{second}}<p class={{third}}>"));
        await server.Log.WaitForAsync(@"page\.html\(1,40\): 'third' is printed into a value without quotes", from);
        Assert.Single(server.Log.Matching("'first' begins the URL"));
    }

    [Fact]
    public async Task BrokenTemplate_ThatNeverWorked_Is500AndOnlyForItsOwnPage()
    {
        using var site = TestSite.Small("routed");
        await using var server = await RunningServer.StartAsync(site);
        await server.ChangeAsync(() => site.Theme("fresh", "{{#each items}}\nnever closed"));
        var reply = await server.GetAsync("/fresh");
        Assert.Equal((500, "no-store"), (reply.Code, reply.Header("Cache-Control")));
        Assert.DoesNotContain("each", reply.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync("/routed")).Code);
        await server.ChangeAsync(() => site.Theme("fresh", "mended"));
        Assert.Equal("mended", (await server.GetAsync("/fresh")).Text);
    }

    [Fact]
    public async Task TemplateError_InDevelopment_ShowsTemplatePlaceAndKeys()
    {
        using var site = TestSite.Small();
        site.Configure("server", "environment: development").Theme("bad", "one\n{{> __missing}}");
        await using var server = await RunningServer.StartAsync(site);
        var reply = await server.GetAsync("/bad");
        Assert.Equal(500, reply.Code);
        Assert.Contains("themes/default/bad.html(2,", reply.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("request_id", reply.Document.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_Edited_ShowsAtOnceWithWhatIncludesIt()
    {
        using var site = TestSite.Small();
        site.Theme("__part", "part one").Theme("with", "[{{> __part}}]").Theme("without", "alone {{timestamp}}");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("[part one]", (await server.GetAsync("/with")).Text);
        Assert.True((await server.GetAsync("/with")).IsHit);
        await server.ChangeAsync(() => site.Theme("__part", "part two"));
        Assert.Equal("[part two]", (await server.GetAsync("/with")).Text);
    }

    [Fact]
    public async Task Template_EditedByASwapOfLinks_ShowsToo()
    {
        using var site = TestSite.Small();
        site.Write("wwwroot/templates/themes/default/one.txt", "the first").Write("wwwroot/templates/themes/default/two.txt", "the second");
        var link = site.PathOf("wwwroot/templates/themes/default/linked.html");
        File.CreateSymbolicLink(link, "one.txt");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("the first", (await server.GetAsync("/linked")).Text);
        await server.ChangeAsync(() =>
        {
            File.CreateSymbolicLink(link + ".new", "two.txt");
            File.Move(link + ".new", link, overwrite: true);
        });
        await Eventually.Async("the page shows what the link leads to now", () => server.GetAsync("/linked"), r => r.Text == "the second");
    }

    [Fact]
    public async Task Config_ThatLostItsAccessSection_IsRefusedUntilAllowed()
    {
        using var site = TestSite.Small("plain");
        site.Configure("ip_access_control", "enabled: true\ndeny: [127.0.0.1]");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(403, (await server.GetAsync("/plain")).Code);

        var from = await server.ChangeAsync(() => site.Configure("ip_access_control", null));
        await server.Log.WaitForAsync(@"config\.yaml\(\d+,1\): ip_access_control: missing, the file looks cut off", from);
        Assert.Equal(403, (await server.GetAsync("/plain")).Code);

        var refused = await Command.RunAsync("reload", "--config", site.ConfigFile);
        Assert.True(refused.ExitCode == 1 && refused.Output.Contains("ip_access_control: missing", StringComparison.Ordinal), $"platform reload: {refused}");
        Assert.Equal(403, (await server.GetAsync("/plain")).Code);

        var allowed = await Command.RunAsync("reload", "--allow", "--config", site.ConfigFile);
        Assert.True(allowed is { ExitCode: 0, Output: "reloaded\n" }, $"platform reload --allow: {allowed}");
        // Without the section its default is in force: the notice.
        Assert.Equal((302, "/warning?returnUrl=%2Fplain"), await server.GetAsync("/plain") is var reply ? (reply.Code, reply.Location) : default);
    }

    [Fact]
    public async Task Config_Changed_IsInForceWithoutARestart()
    {
        using var site = TestSite.Small("plain");
        site.Plugin("reader");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Contains("stored", (await server.GetAsync("/plain")).CacheStatus, StringComparison.Ordinal);
        await server.ChangeAsync(() => site.Configure("cache", "enabled: false"));
        Assert.Equal("", (await server.GetAsync("/plain")).CacheStatus);
        Assert.Equal("3", (await server.GetAsync("/plain")).Shown("made"));
    }

    private static async Task<int> StopAsync(RunningServer server)
    {
        server.Terminate();
        return await server.ExitAsync();
    }
}
