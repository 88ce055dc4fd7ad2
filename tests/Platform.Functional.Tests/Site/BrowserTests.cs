using Microsoft.Playwright;

namespace Platform.Functional.Tests.Site;

/// <summary>The walk of a first visitor in a real browser.</summary>
public sealed class BrowserTests(ShippedSite site) : IClassFixture<ShippedSite>
{
    [Fact]
    public async Task Walk_ThroughBothThemes_ShowsEveryPageWithoutErrorsOrOtherServers()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var page = await (await browser.NewContextAsync()).NewPageAsync();
        var (errors, elsewhere) = (new List<string>(), new List<string>());
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") errors.Add($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => errors.Add(error);
        page.RequestFailed += (_, request) => errors.Add($"{request.Url}: {request.Failure}");
        page.Request += (_, request) =>
        {
            if (!new Uri(request.Url).Host.EndsWith("localhost", StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };

        var port = site.Server.Url.Port;
        foreach (var host in new[] { "localhost", "dark.localhost" })
        {
            var root = $"http://{host}:{port}";
            await page.GotoAsync(root + "/");
            Assert.Equal($"{root}/warning?returnUrl=%2F", page.Url);
            await page.GetByRole(AriaRole.Button).ClickAsync();
            await ArriveAsync(page, root + "/");
            Assert.Equal("Ternholm Observatory", await page.TitleAsync());
            Assert.True(await page.GetByRole(AriaRole.Main).IsVisibleAsync(), $"{host}: the front page has no visible main part.");
            Assert.True(await page.EvaluateAsync<bool>("[...document.images].every(i => i.loading === 'lazy' || (i.complete && i.naturalWidth > 0))"), $"{host}: an image of the front page was not loaded.");

            await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "News", Exact = true }).First.ClickAsync();
            await ArriveAsync(page, root + "/news");
            await page.Locator("main h2 a[href^='/news/'], main h3 a[href^='/news/']").First.ClickAsync();
            await ArriveAsync(page, root + "/news/", isWhole: false);
            Assert.Equal(1, await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync());

            await page.GotoAsync(root + "/search");
            await page.Locator("main input[name=q]").FillAsync("seaweed");
            await page.Keyboard.PressAsync("Enter");
            await ArriveAsync(page, root + "/search?q=seaweed");
            Assert.True(await page.Locator("main mark").CountAsync() > 0, $"{host}: the search for seaweed marks nothing.");

            await page.SetViewportSizeAsync(360, 740);
            await page.GotoAsync(root + "/");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{host}: on a small screen the front page is wider than the screen.");
            await page.SetViewportSizeAsync(1280, 800);
        }

        Assert.True(errors.Count == 0, string.Join('\n', errors));
        Assert.True(elsewhere.Count == 0, $"Requests to other servers: {string.Join(' ', elsewhere)}");

        var lost = await page.GotoAsync($"http://localhost:{port}/nope");
        Assert.Equal(404, lost!.Status);
    }

    /// <summary>Until the browser has wholly loaded a page. Asked of the page itself: its own event may have come before anybody waits for it.</summary>
    private static async Task ArriveAsync(IPage page, string url, bool isWhole = true) =>
        await page.WaitForFunctionAsync("([url, isWhole]) => (isWhole ? location.href === url : location.href.startsWith(url)) && document.readyState === 'complete'", new object[] { url, isWhole });
}
