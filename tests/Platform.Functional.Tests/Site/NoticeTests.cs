using Platform.Host.Security;

namespace Platform.Functional.Tests.Site;

/// <summary>The notice at /warning, in front of the site that the repository comes with.</summary>
public sealed class NoticeTests(ShippedSite site) : IClassFixture<ShippedSite>
{
    private const string Cookie = "platform_confirmed";

    [Fact]
    public async Task FirstVisit_OfAnUnlistedAddress_GoesThroughTheNoticeToThePage()
    {
        var visitor = site.Server.Visitor("localhost");
        var sent = await visitor.GetAsync("/");
        Assert.Equal((302, "/warning?returnUrl=%2F"), (sent.Code, sent.Location));

        var notice = await visitor.GetAsync(sent.Location!);
        Assert.Equal(200, notice.Code);
        var form = notice.Document.QuerySelector("form[method=post][action='/warning']");
        Assert.True(form is not null, "The notice has no form that posts to /warning.");

        var confirmed = await visitor.PostAsync("/warning", ("returnUrl", form.QuerySelector("input[name=returnUrl]")!.GetAttribute("value")!));
        Assert.Equal((303, "/"), (confirmed.Code, confirmed.Location));
        Assert.Contains("httponly", confirmed.Header("Set-Cookie")!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", confirmed.Header("Set-Cookie")!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", confirmed.Header("Cache-Control"));

        var page = await visitor.GetAsync("/");
        Assert.Equal(200, page.Code);
        Assert.Equal("Ternholm Observatory", page.Document.Title);
    }

    [Fact]
    public async Task Confirmation_FromADeepLink_LeadsBackToIt()
    {
        var visitor = site.Server.Visitor("localhost");
        var sent = await visitor.GetAsync("/news?page=2&tag=tide");
        Assert.Equal("/warning?returnUrl=%2Fnews%3Fpage%3D2%26tag%3Dtide", sent.Location);
        var field = (await visitor.GetAsync(sent.Location!)).Document.QuerySelector("input[name=returnUrl]")!.GetAttribute("value")!;
        Assert.Equal("/news?page=2&tag=tide", (await visitor.PostAsync("/warning", ("returnUrl", field))).Location);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/ok\r\nX-Evil: 1")]
    [InlineData("/\t/evil.example")]
    [InlineData("evil.example")]
    [InlineData("")]
    [InlineData("/café")]
    public async Task Confirmation_WithAReturnUrlThatIsNotLocal_LeadsToTheRoot(string returnUrl)
    {
        var visitor = site.Server.Visitor("localhost");
        var notice = await visitor.GetAsync($"/warning?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal("/", notice.Document.QuerySelector("input[name=returnUrl]")!.GetAttribute("value"));

        var reply = await visitor.PostAsync("/warning", ("returnUrl", returnUrl));
        Assert.Equal((303, "/"), (reply.Code, reply.Location));
        Assert.Null(reply.Header("X-Evil"));
    }

    [Fact]
    public async Task Notice_WithMarkupInTheReturnUrl_ShowsNoneOfIt()
    {
        var notice = await site.Server.Visitor("localhost").GetAsync("/warning?returnUrl=%2F%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        Assert.Empty(notice.Document.QuerySelectorAll("script"));
    }

    [Theory]
    [InlineData("no signature at all")]
    [InlineData("OTk5OTk5OTk5OQ.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(".")]
    [InlineData("1.")]
    public async Task Cookie_Forged_ConfirmsNothing(string value)
    {
        var reply = await site.Server.Visitor("localhost").WithCookie(Cookie, value).GetAsync("/");
        Assert.Equal((302, "/warning?returnUrl=%2F"), (reply.Code, reply.Location));
    }

    [Fact]
    public async Task Cookie_SignedButTooOldOrForAnotherPurpose_ConfirmsNothing()
    {
        var signer = new Signer(SiteSecret.Load("", site.DataFolder));
        var (future, past) = (DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.AddSeconds(-5).ToUnixTimeSeconds());

        async Task<int> WithAsync(string cookie) => (await site.Server.Visitor("localhost").WithCookie(Cookie, cookie).GetAsync("/about")).Code;

        Assert.Equal(200, await WithAsync(signer.Sign("warning", $"{future}")));
        Assert.Equal(302, await WithAsync(signer.Sign("warning", $"{past}")));
        Assert.Equal(302, await WithAsync(signer.Sign("visitor", $"{future}")));
    }

    [Fact]
    public async Task Program_ThatTakesJson_IsToldWhereToConfirm()
    {
        var reply = await site.Server.Visitor("localhost").GetAsync("/news?page=2", ("Accept", "application/json"));
        Assert.Equal(403, reply.Code);
        Assert.Equal("application/problem+json", reply.Header("Content-Type"));
        Assert.Equal("confirmation_required", reply.Json.GetProperty("code").GetString());
        Assert.Equal("/warning?returnUrl=%2Fnews%3Fpage%3D2", reply.Json.GetProperty("redirect").GetString());
        Assert.Equal(403, (await site.Server.Visitor("localhost").GetAsync("/api/news/article/list")).Code);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    [InlineData("/themes/default/css/site.css")]
    [InlineData("/resources/css/notice.css")]
    public async Task StaticFilesAndHealth_AreOpen_BeforeConfirming(string path) =>
        Assert.Equal(200, (await site.Server.Visitor("localhost").GetAsync(path)).Code);
}
