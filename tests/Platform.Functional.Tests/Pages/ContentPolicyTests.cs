using Microsoft.Playwright;

namespace Platform.Functional.Tests.Pages;

/// <summary>A theme's Content-Security-Policy: on which pages it is, what its nonce does to the cache, and that a browser keeps to it.</summary>
public sealed class ContentPolicyTests
{
    private const string Server = "frame-ancestors 'self'; base-uri 'self'; object-src 'none'; form-action 'self'";
    private const string Header = "Content-Security-Policy";

    private static TestSite Site() => TestSite.Small("plain")
        .Write("wwwroot/templates/themes/default/theme.yaml", "content_security_policy: \"default-src 'self'; script-src 'self' {nonce}\"\n")
        .Theme("scripted", "<!DOCTYPE html><html><body id=\"b\"><p id=\"nonce\">{{nonce}}</p><script nonce=\"{{nonce}}\">b.dataset.own = 1</script>{{{query.q}}}</body></html>");

    [Fact]
    public async Task Page_WithoutANonce_BearsThePolicyAndIsStored()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        var (made, stored) = (await server.GetAsync("/plain"), await server.GetAsync("/plain"));
        Assert.True(stored.IsHit, $"The second page was no hit: {stored}");
        Assert.Equal(($"{Server}, default-src 'self'; script-src 'self'", made.Header(Header)), (made.Header(Header), stored.Header(Header)));

        var same = await server.GetAsync("/plain", ("If-None-Match", stored.Header("ETag")!));
        Assert.Equal((304, made.Header(Header)), (same.Code, same.Header(Header)));
    }

    [Fact]
    public async Task Page_ThatReadsTheNonce_IsMadeForOneResponseOnly()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.GetAsync("/scripted")));
        Assert.All(pages, page =>
        {
            Assert.Equal(200, page.Code);
            var nonce = page.Shown("nonce");
            Assert.Equal(16, Convert.FromBase64String(nonce).Length);
            Assert.Equal($"{Server}, default-src 'self'; script-src 'self' 'nonce-{nonce}'", page.Header(Header));
            Assert.DoesNotContain("stored", page.CacheStatus, StringComparison.Ordinal);
            Assert.False(page.IsHit || page.Headers.ContainsKey("ETag"), $"A page with a nonce was shared: {page}");
        });
        Assert.Equal(pages.Length, pages.Select(page => page.Shown("nonce")).Distinct().Count());
    }

    [Fact]
    public async Task ErrorPages_OfTheTheme_BearIt_AndBuiltInOnesTheirOwn()
    {
        using var site = Site();
        site.Theme("404", "lost {{nonce}}").Theme("broken", "{{truncate}}{{> nowhere}}").Write("wwwroot/templates/news/feed.xml", "<a/>");
        await using var server = await RunningServer.StartAsync(site);
        var lost = await server.GetAsync("/nowhere");
        Assert.Equal((404, $"{Server}, default-src 'self'; script-src 'self' 'nonce-{lost.Text["lost ".Length..]}'"), (lost.Code, lost.Header(Header)));
        var broken = await server.GetAsync("/broken");
        Assert.Equal(500, broken.Code);
        Assert.StartsWith($"{Server}, default-src 'none'; style-src 'sha256-", broken.Header(Header), StringComparison.Ordinal);
        Assert.Equal(Server, (await server.GetAsync("/health")).Header(Header));
    }

    [Fact]
    public async Task Policy_ChangedInTheFile_HoldsAtOnce_AndABrokenOneIsRefused()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        Assert.Contains("script-src 'self'", (await server.GetAsync("/plain")).Header(Header), StringComparison.Ordinal);
        await server.ChangeAsync(() => site.Write("wwwroot/templates/themes/default/theme.yaml", "content_security_policy: \"default-src 'none'\"\n"));
        Assert.Equal($"{Server}, default-src 'none'", (await server.GetAsync("/plain")).Header(Header));
        var from = await server.ChangeAsync(() => site.Write("wwwroot/templates/themes/default/theme.yaml", "content_security_policy: \"default-src none\"\n"));
        await server.Log.WaitForAsync(@"themes/default/theme\.yaml\(1,26\): content_security_policy: ""none"" in default-src is a host", from);
        Assert.Equal($"{Server}, default-src 'none'", (await server.GetAsync("/plain")).Header(Header));
        await server.ChangeAsync(() => site.Delete("wwwroot/templates/themes/default/theme.yaml"));
        Assert.Equal(Server, (await server.GetAsync("/plain")).Header(Header));
    }

    [Theory]
    [InlineData("<script>b.dataset.evil = 1</script>")]
    [InlineData("<script nonce=\"AAAAAAAAAAAAAAAAAAAAAA==\">b.dataset.evil = 1</script>")]
    [InlineData("<img src=x onerror=\"b.dataset.evil = 1\">")]
    [InlineData("<a id=\"link\" href=\"javascript:void(b.dataset.evil = 1)\">x</a>")]
    public async Task InjectedScript_InABrowser_RunsWithoutThePolicyAndNotUnderIt(string injection)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(("1", null), await VisitAsync());
        await server.ChangeAsync(() => site.Delete("wwwroot/templates/themes/default/theme.yaml"));
        Assert.Equal(("1", "1"), await VisitAsync());

        async Task<(string? Own, string? Evil)> VisitAsync()
        {
            var page = await browser.NewPageAsync();
            await page.GotoAsync($"{server.Url}scripted?q={Uri.EscapeDataString(injection)}");
            if (await page.Locator("#link").CountAsync() > 0) await page.Locator("#link").ClickAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var body = page.Locator("#b");
            return (await body.GetAttributeAsync("data-own"), await body.GetAttributeAsync("data-evil"));
        }
    }

    [Fact]
    public async Task BuiltInPage_InABrowser_HasItsStyle()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{server.Url}nowhere");
        Assert.Equal("672px", await page.EvaluateAsync<string>("getComputedStyle(document.body).maxWidth"));
    }
}
