namespace Platform.Functional.Tests.Caching;

/// <summary><c>Vary</c> says the same in each answer to a URL, and names all that makes a difference.</summary>
public sealed class VaryTests
{
    [Fact]
    public async Task Page_ThatReadTheHeaderCookie_VariesByItAndIsPrivate()
    {
        using var site = TestSite.Small("cookie_header").Plugin("reader");
        await using var server = await RunningServer.StartAsync(site);
        foreach (var isHit in new[] { false, true })
        {
            var reply = await server.GetAsync("/cookie_header", ("Cookie", "look=dark"));
            Assert.Equal((isHit, "look=dark", "private, no-cache", "Accept-Encoding, Cookie"), (reply.IsHit, reply.Shown("value"), reply.Header("Cache-Control"), reply.Header("Vary")));
        }

        Assert.Equal((false, ""), await server.GetAsync("/cookie_header") is var other ? (other.IsHit, other.Shown("value")) : default);
    }

    [Theory]
    [InlineData("Range", "bytes=0-3", 206)]
    [InlineData("If-Modified-Since", null, 304)]
    [InlineData("If-None-Match", null, 304)]
    [InlineData("If-Match", null, 200)]
    [InlineData("If-Unmodified-Since", null, 200)]
    [InlineData("Accept", "text/css", 200)]
    public async Task StaticText_AskedForInAnyWay_VariesByTheEncoding(string condition, string? value, int status)
    {
        using var site = TestSite.Small();
        site.Write("wwwroot/resources/site.css", "body { color: black }\n");
        await using var server = await RunningServer.StartAsync(site);
        var whole = await server.GetAsync("/resources/site.css");
        Assert.Equal((200, "Accept-Encoding"), (whole.Code, whole.Header("Vary")));
        value ??= whole.Header(condition.EndsWith("Since", StringComparison.Ordinal) ? "Last-Modified" : "ETag")!;
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var reply = await server.Visitor().SendAsync(method, "/resources/site.css", null, (condition, value));
            // A HEAD has no parts.
            if (method == HttpMethod.Get) Assert.Equal(status, reply.Code);
            Assert.Equal("Accept-Encoding", reply.Header("Vary"));
        }
    }
}
