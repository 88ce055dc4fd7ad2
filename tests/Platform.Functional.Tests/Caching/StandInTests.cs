namespace Platform.Functional.Tests.Caching;

/// <summary>Where something stands in for what a page would rather be made from, the page is made anew once that is there.</summary>
public sealed class StandInTests
{
    [Theory]
    [InlineData("/plain")]
    [InlineData("/looked-up")]
    [InlineData("/page")]
    public async Task Theme_WhoseFolderAppears_IsUsedForPagesOfBefore(string path)
    {
        using var site = Themed("default", "dark").Plugin("reader");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("default", (await server.GetAsync(path)).Shown("look"));
        Assert.True((await server.GetAsync(path)).IsHit);
        await server.ChangeAsync(() => Look(site, "dark"));
        Assert.Equal("dark", (await server.GetAsync(path)).Shown("look"));
        await server.ChangeAsync(() => site.Delete("wwwroot/templates/themes/dark"));
        Assert.Equal("default", (await server.GetAsync(path)).Shown("look"));
    }

    [Fact]
    public async Task DefaultTheme_ThatChanges_StandsInForPagesOfBefore()
    {
        using var site = Themed("default", "dark").Plugin("reader");
        Look(site, "light");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("default", (await server.GetAsync("/plain")).Shown("look"));
        await server.ChangeAsync(() => Routes(site, "light", "dark"));
        Assert.Equal("light", (await server.GetAsync("/plain")).Shown("look"));
    }

    [Theory]
    [InlineData("truncate", "{{truncate \"a long text\" 4}}")]
    [InlineData("word", "{{word}}")]
    public async Task Helper_ThatAPluginBringsLater_IsUsedOnPagesOfBefore(string helper, string call)
    {
        using var site = TestSite.Small().Plugin("named-helper").Theme("calls", $"<p id=\"value\">{call}</p>").Theme("silent", "<p id=\"value\">nothing</p>");
        Helper(site, "unused");
        await using var server = await RunningServer.StartAsync(site);
        var before = (await server.GetAsync("/calls")).Shown("value");
        await server.GetAsync("/silent");
        await server.ChangeAsync(() => Helper(site, helper));
        Assert.Equal("named-helper's", (await server.GetAsync("/calls")).Shown("value"));
        Assert.True((await server.GetAsync("/silent")).IsHit, "A helper dropped a page that does not call it.");
        await server.ChangeAsync(() => Helper(site, "unused"));
        Assert.Equal(before, (await server.GetAsync("/calls")).Shown("value"));
    }

    private static TestSite Themed(string standIn, string theme)
    {
        var site = TestSite.Small();
        Look(site, "default");
        return Routes(site, standIn, theme);
    }

    private static TestSite Look(TestSite site, string theme) => site.Write($"wwwroot/templates/themes/{theme}/page.html", $"<p id=\"look\">{theme}</p>");

    private static TestSite Routes(TestSite site, string standIn, string theme) => site.Write("routes.json", $$"""
        {
          "default_theme": "{{standIn}}",
          "domains": [ { "domain": "127.0.0.1", "theme": "{{theme}}", "routes": [ { "path": "/plain", "handler": "plain", "template": "page" } ] } ]
        }
        """);

    private static void Helper(TestSite site, string name) =>
        site.Configure("plugins", $"timeout_ms: 10000\neach:\n  named-helper: {{ settings: {{ helper: \"{name}\" }} }}");
}
