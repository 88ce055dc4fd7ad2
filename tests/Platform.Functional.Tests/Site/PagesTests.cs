using System.IO.Compression;
using System.Xml.Linq;

namespace Platform.Functional.Tests.Site;

/// <summary>What a visitor of the site that the repository comes with gets.</summary>
public sealed class PagesTests(ShippedSite site) : IClassFixture<ShippedSite>
{
    [Fact]
    public async Task Page_AskedForAgain_IsAHitWithTheSameBytes()
    {
        var visitor = await site.VisitorAsync();
        var first = await visitor.GetAsync("/news/winter-lectures");
        Assert.Equal((200, "platform; fwd=miss; stored"), (first.Code, first.CacheStatus));
        var second = await visitor.GetAsync("/news/winter-lectures");
        Assert.Matches(@"^platform; hit; ttl=\d+; key=""GET:.*""$", second.CacheStatus);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Header("ETag"), second.Header("ETag"));
    }

    [Fact]
    public async Task Host_DarkLocalhost_HasTheOtherTheme()
    {
        var light = await (await site.VisitorAsync("localhost")).GetAsync("/");
        var dark = await (await site.VisitorAsync("DARK.localhost:8080")).GetAsync("/");
        Assert.Equal((200, 200), (light.Code, dark.Code));
        Assert.All(Sheets(light), href => Assert.StartsWith("/themes/default/css/", href, StringComparison.Ordinal));
        Assert.All(Sheets(dark), href => Assert.StartsWith("/themes/dark/css/", href, StringComparison.Ordinal));
        Assert.Equal(light.Document.QuerySelector("h1")!.TextContent.Trim(), dark.Document.QuerySelector("h1")!.TextContent.Trim());

        static string[] Sheets(Reply page)
        {
            string[] sheets = [.. page.Document.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!)];
            Assert.NotEmpty(sheets);
            return sheets;
        }
    }

    [Fact]
    public async Task Article_ByItsRouteValue_IsThatArticle()
    {
        var visitor = await site.VisitorAsync();
        Assert.Equal("The long ebb", (await visitor.GetAsync("/news/the-long-ebb")).Document.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal("Fifty thousand days", (await visitor.GetAsync("/news/fifty-thousand-days")).Document.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(404, (await visitor.GetAsync("/news/no-such-article")).Code);
    }

    [Fact]
    public async Task News_SecondPage_HasOtherArticles()
    {
        var visitor = await site.VisitorAsync();
        var (first, second) = (Titles(await visitor.GetAsync("/news")), Titles(await visitor.GetAsync("/news?page=2")));
        Assert.NotEmpty(first);
        Assert.NotEmpty(second);
        Assert.Empty(first.Intersect(second));

        static string[] Titles(Reply page) => [.. page.Document.QuerySelectorAll("main article h2").Select(h => h.TextContent.Trim())];
    }

    [Fact]
    public async Task Search_ForAWord_FindsTheArticleThatHasIt()
    {
        var visitor = await site.VisitorAsync();
        var found = await visitor.GetAsync("/search?q=hectopascals");
        Assert.Contains(found.Document.QuerySelectorAll("main a"), a => a.GetAttribute("href") == "/news/the-long-ebb");
        Assert.Contains(found.Document.QuerySelectorAll("mark"), m => m.TextContent.Equals("hectopascals", StringComparison.OrdinalIgnoreCase));

        var nothing = await visitor.GetAsync("/search?q=zzzz%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        Assert.Equal(200, nothing.Code);
        Assert.Empty(nothing.Document.QuerySelectorAll("script"));
        Assert.Contains("<script>alert(1)</script>", nothing.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", "There is no land here")]
    [InlineData("dark.localhost", null)]
    public async Task UnknownPath_HasTheThemesOwn404(string host, string? heading)
    {
        var reply = await (await site.VisitorAsync(host)).GetAsync("/nope");
        Assert.Equal((404, "no-store"), (reply.Code, reply.Header("Cache-Control")));
        Assert.NotNull(reply.Document.QuerySelector("nav a[href='/news']"));
        if (heading is not null) Assert.Equal(heading, reply.Document.QuerySelector("h1")!.TextContent);
        else Assert.NotEqual("There is no land here", reply.Document.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/templates/themes/default/index.html")]
    [InlineData("/themes/default/index.html")]
    [InlineData("/themes/default/__head.html")]
    [InlineData("/themes/default/assets/css/site.css")]
    [InlineData("/wwwroot/templates/themes/default/index.html")]
    [InlineData("/wwwroot/resources/css/notice.css")]
    [InlineData("/plugins/bas-site/bas-site.dll")]
    [InlineData("/plugins/bas-site/bin/bas-site.dll")]
    [InlineData("/plugins/bas-site/plugin.yaml")]
    [InlineData("/plugins/bas-site/content/home.md")]
    [InlineData("/config.yaml")]
    [InlineData("/routes.json")]
    [InlineData("/data/secret.key")]
    [InlineData("/logs/")]
    [InlineData("/__head")]
    [InlineData("/widgets/pagination")]
    [InlineData("/public/warning/index")]
    [InlineData("/.git/config")]
    public async Task FileOfTheSite_ThatIsNoPage_IsNotToBeHad(string path)
    {
        var reply = await (await site.VisitorAsync()).GetAsync(path);
        // One that ends with a slash is first sent to its plain path.
        if (reply.Code == 301) reply = await (await site.VisitorAsync()).GetAsync(reply.Location!);
        Assert.Equal(404, reply.Code);
        Assert.DoesNotContain("{{", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OnARouteOfGet_IsNotAllowedAndSaysWhatIs()
    {
        var visitor = await site.VisitorAsync();
        var reply = await visitor.PostAsync("/news", ("a", "b"));
        Assert.Equal(405, reply.Code);
        Assert.Equal("GET, HEAD, OPTIONS", reply.Header("Allow"));
        var options = await visitor.SendAsync(HttpMethod.Options, "/news");
        Assert.Equal((204, "GET, HEAD, OPTIONS"), (options.Code, options.Header("Allow")));
    }

    [Fact]
    public async Task Feed_IsAtomWhoseEntriesLeadToPages()
    {
        var visitor = await site.VisitorAsync();
        var reply = await visitor.GetAsync("/news/feed.xml");
        Assert.Equal((200, "application/atom+xml; charset=utf-8"), (reply.Code, reply.Header("Content-Type")));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(reply.Text).Root!;
        Assert.Equal(atom + "feed", feed.Name);
        var links = feed.Elements(atom + "entry").Select(e => new Uri(e.Element(atom + "link")!.Attribute("href")!.Value)).ToList();
        Assert.True(links.Count >= 10, $"The feed has {links.Count} entries; expected at least 10.");
        Assert.Equal(200, (await visitor.GetAsync(links[0].AbsolutePath)).Code);
    }

    [Fact]
    public async Task RedirectRoute_LeadsToItsTarget()
    {
        var reply = await (await site.VisitorAsync()).GetAsync("/home");
        Assert.Equal((301, "/"), (reply.Code, reply.Location));
    }

    [Fact]
    public async Task Api_ListsAndGets_AndExplainsWhatItHasNot()
    {
        var visitor = await site.VisitorAsync();
        var list = await visitor.GetAsync("/api/news/article/list?page=2");
        Assert.Equal((200, "application/json; charset=utf-8"), (list.Code, list.Header("Content-Type")));
        Assert.Equal(2, list.Json.GetProperty("page").GetInt32());
        var slug = list.Json.GetProperty("items")[0].GetProperty("slug").GetString();
        var one = await visitor.GetAsync($"/api/news/article/get?slug={slug}");
        Assert.Equal(slug, one.Json.GetProperty("slug").GetString());

        foreach (var (path, status, code) in new[] { ("/api/news/article/get?slug=nope", 404, "article_unknown"), ("/api/news/article/get?id=x", 400, "parameter_invalid"), ("/api/news/article/burn", 404, "api_unknown"), ("/api/news", 404, "api_unknown") })
        {
            var reply = await visitor.GetAsync(path);
            Assert.Equal((status, "application/problem+json"), (reply.Code, reply.Header("Content-Type")));
            Assert.Equal((status, code), (reply.Json.GetProperty("status").GetInt32(), reply.Json.GetProperty("code").GetString()));
            Assert.Equal(reply.Header("X-Request-Id"), reply.Json.GetProperty("request_id").GetString());
        }
    }

    [Fact]
    public async Task Page_ThatTheBrowserHas_IsNotSentAgain()
    {
        var visitor = await site.VisitorAsync();
        var page = await visitor.GetAsync("/about");
        var tag = page.Header("ETag")!;
        Assert.Matches("^\"[^\"]+\"$", tag);
        foreach (var condition in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*", tag[..^1] + "-br\"" })
        {
            var reply = await visitor.GetAsync("/about", ("If-None-Match", condition));
            Assert.True(reply.Code == 304 && reply.Body.Length == 0 && reply.Header("ETag") == tag, $"If-None-Match: {condition} gave {reply}; expected 304 without a body.");
        }

        foreach (var condition in new[] { "\"other\"", tag.Trim('"'), tag[..^2] + "\"" })
        {
            var reply = await visitor.GetAsync("/about", ("If-None-Match", condition));
            Assert.True(reply.Code == 200, $"If-None-Match: {condition} gave {reply.Code}; expected the page.");
        }
    }

    [Fact]
    public async Task Head_HasTheHeadersOfGetAndNoBody()
    {
        var visitor = await site.VisitorAsync();
        var head = await visitor.SendAsync(HttpMethod.Head, "/news/nine-albums-of-seaweed");
        var get = await visitor.GetAsync("/news/nine-albums-of-seaweed");
        Assert.Equal((200, 0), (head.Code, head.Body.Length));
        foreach (var name in new[] { "Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary" }) Assert.Equal(get.Header(name), head.Header(name));
        Assert.True(get.IsHit, "HEAD made the page, so GET should have found it stored.");
    }

    [Fact]
    public async Task Page_AskedForOften_IsCompressed()
    {
        var visitor = await site.VisitorAsync();
        var plain = await visitor.GetAsync("/news/the-fog-signal-speaks-again");
        var brotli = await Eventually.Async("a page that is asked for often is sent as br", () => visitor.GetAsync("/news/the-fog-signal-speaks-again", ("Accept-Encoding", "gzip, deflate, br")), r => r.Header("Content-Encoding") == "br");
        var gzip = await visitor.GetAsync("/news/the-fog-signal-speaks-again", ("Accept-Encoding", "gzip"));
        Assert.Equal("gzip", gzip.Header("Content-Encoding"));
        Assert.Equal(plain.Text, Plain(new BrotliStream(new MemoryStream(brotli.Body), CompressionMode.Decompress)));
        Assert.Equal(plain.Text, Plain(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress)));
        Assert.Equal(3, new[] { plain, brotli, gzip }.Select(r => r.Header("ETag")).Distinct().Count());
        Assert.All([plain, brotli, gzip], r => Assert.Equal("Accept-Encoding", r.Header("Vary")));

        foreach (var accepted in new[] { "br;q=0, gzip;q=0", "identity", "brotli" })
        {
            var reply = await visitor.GetAsync("/news/the-fog-signal-speaks-again", ("Accept-Encoding", accepted));
            Assert.True(reply.Header("Content-Encoding") is null && reply.Text == plain.Text, $"Accept-Encoding: {accepted} gave {reply.Header("Content-Encoding")}; expected the plain page.");
        }

        static string Plain(Stream stream) => new StreamReader(stream).ReadToEnd();
    }

    [Fact]
    public async Task Asset_OfAPage_IsKeptForEverAndComesInRanges()
    {
        var visitor = await site.VisitorAsync();
        var url = (await visitor.GetAsync("/")).Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        Assert.Matches(@"^/themes/default/css/site\.css\?v=[\w-]+$", url);
        var whole = await visitor.GetAsync(url);
        Assert.Equal((200, "public, max-age=31536000, immutable", "text/css; charset=utf-8"), (whole.Code, whole.Header("Cache-Control"), whole.Header("Content-Type")));
        Assert.Equal("public, no-cache", (await visitor.GetAsync(url.Split('?')[0])).Header("Cache-Control"));
        Assert.Equal("public, no-cache", (await visitor.GetAsync(url.Split('?')[0] + "?v=other")).Header("Cache-Control"));

        var part = await visitor.GetAsync(url, ("Range", "bytes=10-19"));
        Assert.Equal((206, $"bytes 10-19/{whole.Body.Length}"), (part.Code, part.Header("Content-Range")));
        Assert.Equal(whole.Body[10..20], part.Body);
        Assert.Equal(416, (await visitor.GetAsync(url, ("Range", "bytes=99999999-"))).Code);
        Assert.Equal(304, (await visitor.GetAsync(url, ("If-None-Match", whole.Header("ETag")!))).Code);
        Assert.Equal((200, 0), await HeadAsync(visitor, url));
        Assert.Equal(405, (await visitor.PostAsync(url)).Code);

        static async Task<(int, int)> HeadAsync(Visitor visitor, string url) => await visitor.SendAsync(HttpMethod.Head, url) is var head ? (head.Code, head.Body.Length) : default;
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nope")]
    [InlineData("/themes/default/css/site.css")]
    [InlineData("/api/news/article/list")]
    [InlineData("/health")]
    public async Task Response_OfAnyKind_BearsTheSecurityHeaders(string path)
    {
        var reply = await (await site.VisitorAsync()).GetAsync(path);
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", reply.Header("Referrer-Policy"));
        Assert.Contains("frame-ancestors 'self'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotEmpty(reply.Header("X-Request-Id")!);
        Assert.Null(reply.Header("Server"));
    }
}
