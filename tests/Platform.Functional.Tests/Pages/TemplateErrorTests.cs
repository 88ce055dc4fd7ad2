namespace Platform.Functional.Tests.Pages;

/// <summary>A template that fails: what its author sees, in the log and in the browser; and what visitors don't.</summary>
public sealed class TemplateErrorTests
{
    [Fact]
    public async Task MissingPartial_InDevelopment_IsShownWithItsLineAndTheWayThere()
    {
        using var site = Broken().Configure("server", "environment: development");
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/news?<script>=1");
        Assert.Equal((500, "no-store"), (page.Code, page.Header("Cache-Control")));
        var document = page.Document;
        Assert.Equal("wwwroot/templates/themes/default/__list.html(3,5)", document.QuerySelector(".place code")!.TextContent);
        Assert.Equal("partial \"paginaton\" not found; did you mean \"widgets/pagination\"?", document.QuerySelector(".message")!.TextContent);
        Assert.Equal(
            ["    1 <ul>", "    2   <li>{{title}}</li>", "    3     {{> paginaton}}<script>alert(1)</script>", "          ^", "    4   <li>last</li>", "    5 </ul>"],
            document.QuerySelector("pre.source")!.TextContent.TrimEnd('\n').Split('\n'));
        var call = Assert.Single(document.QuerySelectorAll(".trail li"));
        Assert.Equal("wwwroot/templates/themes/default/news.html(2,3)", call.QuerySelector("code")!.TextContent);
        Assert.Equal("{{> __list}}", call.QuerySelector("pre")!.TextContent);
        Assert.Contains("query", document.QuerySelectorAll("dt code").Select(key => key.TextContent));
        Assert.Empty(document.QuerySelectorAll("script"));
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingPartial_InTheLog_HasTheLineACaretAndTheWayThere()
    {
        using var site = Broken();
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/news");
        Assert.Equal(500, page.Code);
        Assert.DoesNotContain("paginaton", page.Text, StringComparison.Ordinal);
        await server.Log.WaitForAsync(@"incident .*GET .*/news.*: .*wwwroot/templates/themes/default/__list\.html\(3,5\): partial ""paginaton"" not found; did you mean ""widgets/pagination""\?");
        await server.Log.WaitForAsync(@"^        \{\{> paginaton\}\}<script>");
        await server.Log.WaitForAsync(@"^        \^$");
        await server.Log.WaitForAsync(@"^    called at wwwroot/templates/themes/default/news\.html\(2,3\)$");
    }

    [Fact]
    public async Task Check_OfABrokenTemplate_PrintsTheLineAndACaret()
    {
        using var site = TestSite.Small();
        site.Theme("open", "<p>\n  {{#if a}}x</p>");
        var (exitCode, _, errors) = await Command.RunAsync("check", "--config", site.ConfigFile);
        Assert.Equal(1, exitCode);
        var lines = errors.Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("wwwroot/templates/themes/default/open.html(2,", StringComparison.Ordinal));
        Assert.True(at >= 0, errors);
        Assert.Equal("      {{#if a}}x</p>", lines[at + 1]);
        Assert.Matches(@"^ {4,}\^$", lines[at + 2]);
    }

    private static TestSite Broken() => TestSite.Small()
        .Theme("news", "<main>\n  {{> __list}}\n</main>\n")
        .Theme("__list", "<ul>\n  <li>{{title}}</li>\n    {{> paginaton}}<script>alert(1)</script>\n  <li>last</li>\n</ul>\n")
        .Theme("widgets/pagination", "");
}
