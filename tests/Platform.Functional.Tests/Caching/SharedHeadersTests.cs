namespace Platform.Functional.Tests.Caching;

/// <summary>What a plugin ahead of the cache adds to a stored page: proxies are told no less than either of the two says.</summary>
public sealed class SharedHeadersTests
{
    [Theory]
    [InlineData("/plain")]
    [InlineData("/public")]
    public async Task Cookie_SetOnAStoredPage_MakesThisAnswerPrivate_AndNoOther(string path)
    {
        using var site = Labelled("Set-Cookie", "sid=1");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync(path);
        var hit = await server.GetAsync(path);
        Assert.Equal((true, "sid=1", "private, no-cache"), (hit.IsHit, hit.Header("Set-Cookie"), hit.Header("Cache-Control")));
        var known = await server.GetAsync(path, ("If-None-Match", hit.Header("ETag")!));
        Assert.Equal((304, "sid=1", "private, no-cache"), (known.Code, known.Header("Set-Cookie"), known.Header("Cache-Control")));

        await server.ChangeAsync(() => Label(site, "X-Other", "1"));
        var other = await server.GetAsync(path);
        Assert.Equal((true, null, true), (other.IsHit, other.Header("Set-Cookie"), Words(other, "Cache-Control").Contains("public")));
    }

    [Fact]
    public async Task Cookie_SetOnAPageThatIsMadeNow_MakesItsAnswerPrivate()
    {
        using var site = Labelled("Set-Cookie", "sid=1");
        await using var server = await RunningServer.StartAsync(site);
        var made = await server.GetAsync("/plain");
        Assert.Equal(("platform; fwd=miss; stored", "private, no-cache"), (made.CacheStatus, made.Header("Cache-Control")));
    }

    [Theory]
    [InlineData("X-Look", "accept-encoding x-look")]
    [InlineData("Cookie", "accept-encoding cookie")]
    [InlineData("Accept-Encoding, X-Look", "accept-encoding x-look")]
    [InlineData("accept-encoding", "accept-encoding")]
    public async Task Vary_OfAPluginAheadOfTheCache_IsJoinedToThatOfThePage(string added, string expected)
    {
        using var site = Labelled("Vary", added);
        await using var server = await RunningServer.StartAsync(site);
        foreach (var isHit in new[] { false, true })
        {
            var reply = await server.GetAsync("/plain");
            Assert.Equal((isHit, expected), (reply.IsHit, string.Join(' ', Words(reply, "Vary").Order(StringComparer.Ordinal))));
        }
    }

    [Theory]
    [InlineData("/plain", "private")]
    [InlineData("/plain", "no-store")]
    [InlineData("/plain", "private, max-age=0")]
    [InlineData("/public", "no-store")]
    [InlineData("/never", "no-store")]
    public async Task CacheControl_OfAPluginAheadOfTheCache_IsNotLoosened(string path, string added)
    {
        using var site = Labelled("Cache-Control", added);
        await using var server = await RunningServer.StartAsync(site);
        for (var turn = 0; turn < 2; turn++)
        {
            var reply = await server.GetAsync(path);
            Assert.Equal(turn == 1 && path != "/never", reply.IsHit);
            Assert.Contains(added.Split(',')[0], Words(reply, "Cache-Control"));
            Assert.DoesNotContain("public", Words(reply, "Cache-Control"));
        }
    }

    [Fact]
    public async Task CacheControl_OfAPluginAheadOfTheCache_LoosensNoPageOfAUser()
    {
        using var site = Labelled("Cache-Control", "public, max-age=600");
        await using var server = await RunningServer.StartAsync(site);
        for (var turn = 0; turn < 2; turn++)
        {
            var reply = await server.SignedIn("ann").GetAsync("/user");
            Assert.Contains("private", Words(reply, "Cache-Control"));
            Assert.DoesNotContain("public", Words(reply, "Cache-Control"));
        }
    }

    private static string[] Words(Reply reply, string header) =>
        (reply.Header(header) ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static TestSite Labelled(string header, string value)
    {
        var site = TestSite.Small().Plugin("labels").Plugin("reader");
        string[] handlers = ["plain", "public", "user"];
        site.Routes([.. handlers.Select(handler => $$"""{ "path": "/{{handler}}", "handler": "{{handler}}", "template": "page" }"""), """{ "path": "/never", "handler": "plain", "template": "page", "cache": false }"""]);
        return Label(site, header, value);
    }

    private static TestSite Label(TestSite site, string header, string value) =>
        site.Configure("plugins", $"timeout_ms: 10000\neach:\n  labels:\n    settings:\n      headers:\n        {header}: \"{value}\"");
}
