namespace Platform.Functional.Tests.Caching;

/// <summary>What is stored, for whom, and what never is.</summary>
public sealed class CachingTests(CachingTests.Fixture fixture) : IClassFixture<CachingTests.Fixture>
{
    private RunningServer Server => fixture.Server;

    [Theory]
    [InlineData("headers")]
    [InlineData("address")]
    [InlineData("request_id")]
    [InlineData("set_cookie")]
    [InlineData("private")]
    [InlineData("gone")]
    public async Task Page_MadeForOneRequestOnly_IsNeverStored(string handler)
    {
        var made = new HashSet<string>();
        for (var turn = 1; turn <= 3; turn++)
        {
            var reply = await Server.GetAsync("/" + handler, ("X-Test", $"{turn}"));
            Assert.DoesNotContain("stored", reply.CacheStatus, StringComparison.Ordinal);
            Assert.False(reply.IsHit, $"Request {turn} was answered from the cache: {reply}");
            Assert.True(made.Add(reply.Shown("made")), $"Request {turn} was given an answer that was made for another: {reply}");
            if (handler == "headers") Assert.Equal($"{turn}", reply.Shown("value"));
            if (handler == "set_cookie") Assert.Equal("a=b", reply.Header("Set-Cookie"));
            if (handler == "gone") Assert.Equal(410, reply.Code);
        }
    }

    [Fact]
    public async Task Page_WithHeadersOfAPlugin_KeepsThemWhenStored()
    {
        Assert.Equal("kept", (await Server.GetAsync("/own_header")).Header("X-Own"));
        var again = await Server.GetAsync("/own_header");
        Assert.Equal((true, "kept"), (again.IsHit, again.Header("X-Own")));
    }

    [Fact]
    public async Task Page_WithAShortLife_IsMadeAgainAfterIt()
    {
        var first = await Server.GetAsync("/short");
        Assert.Contains("stored", first.CacheStatus, StringComparison.Ordinal);
        await Eventually.Async("the page is made again once its time to live is over", () => Server.GetAsync("/short"), r => r.Shown("made") != first.Shown("made"));
    }

    [Fact]
    public async Task Query_InAnyOrderAndWithIgnoredParameters_IsOnePage()
    {
        var first = await Server.GetAsync("/query?b=2&a=1");
        Assert.Equal("a=1&b=2", first.Shown("value"));
        foreach (var query in new[] { "?a=1&b=2", "?a=1&utm_source=x&b=2", "?fbclid=1&b=2&gclid=z&a=1", "?a=1&b=2&", "?%61=1&b=%32", "?a=0&a=1&b=2" })
        {
            var reply = await Server.GetAsync("/query" + query);
            Assert.True(reply.IsHit && reply.Text == first.Text, $"{query} gave {reply}; expected the page of ?b=2&a=1 from the cache.");
        }

        foreach (var query in new[] { "", "?a=1", "?a=1&b=3", "?a=1&b=2&c=3", "?A=1&b=2", "?a=1%26b=2", "?a=1&b=2&utm=x" })
        {
            var reply = await Server.GetAsync("/query" + query);
            Assert.False(reply.IsHit, $"{query} was given another query's page: {reply}");
        }
    }

    [Fact]
    public async Task Query_OfARouteThatNamesItsOwn_IsNotSplitByOthers_NorSeen()
    {
        var first = await Server.GetAsync("/vary?page=2&other=1");
        Assert.Equal("page=2", first.Shown("value"));
        Assert.True((await Server.GetAsync("/vary?other=2&page=2&more=3")).IsHit, "A parameter that the route does not name split the page.");
        Assert.False((await Server.GetAsync("/vary?page=3")).IsHit, "Another page number was given the same page.");
    }

    [Fact]
    public async Task Route_ThatForbidsStoring_IsMadeEachTime()
    {
        var first = await Server.GetAsync("/never");
        var second = await Server.GetAsync("/never");
        Assert.NotEqual(first.Shown("made"), second.Shown("made"));
        Assert.Equal("platform; fwd=bypass; detail=route", second.CacheStatus);
    }

    [Fact]
    public async Task Route_WithALifeOfItsOwn_SaysItInTheHit()
    {
        await Server.GetAsync("/brief");
        var hit = await Server.GetAsync("/brief");
        Assert.Matches(@"^platform; hit; ttl=(5[0-9]|60); key=""GET:/brief:default:-""$", hit.CacheStatus);
    }

    [Theory]
    [InlineData("/no-such-page", 404)]
    [InlineData("/broken", 500)]
    public async Task ErrorPage_IsNeverStored(string path, int status)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var reply = await Server.GetAsync(path);
            Assert.Equal((status, "no-store", false), (reply.Code, reply.Header("Cache-Control"), reply.IsHit));
            Assert.DoesNotContain("stored", reply.CacheStatus, StringComparison.Ordinal);
            Assert.Null(reply.Header("ETag"));
        }
    }

    [Fact]
    public async Task UnknownPath_AskedForAgain_DoesNotReachThePlugins()
    {
        Assert.Equal(404, (await Server.GetAsync("/never-heard-of")).Code);
        var before = await CallsAsync();
        for (var turn = 0; turn < 5; turn++) Assert.Equal(404, (await Server.GetAsync($"/never-heard-of?turn={turn}")).Code);
        Assert.Equal(before, await CallsAsync());
        Assert.Equal(404, (await Server.GetAsync("/nor-of-this")).Code);
        Assert.Equal(before + 1, await CallsAsync());

        async Task<long> CallsAsync() => (await Server.HealthAsync()).GetProperty("plugins").EnumerateArray().Single().GetProperty("calls").GetInt64();
    }

    [Fact]
    public async Task Post_IsNeverStored_NorAnsweredFromTheCache()
    {
        Assert.Equal("", (await Server.GetAsync("/any_method")).Shown("value"));
        foreach (var text in new[] { "one", "two" })
        {
            var reply = await Server.Visitor().SendAsync(HttpMethod.Post, "/any_method", new StringContent(text));
            Assert.Equal((200, text, ""), (reply.Code, reply.Shown("value"), reply.CacheStatus));
        }

        Assert.Equal("", (await Server.GetAsync("/any_method")).Shown("value"));
    }

    [Fact]
    public async Task FiftyFirstRequestsAtOnce_AskThePluginOnce()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Server.GetAsync("/slow")));
        Assert.All(replies, reply => Assert.Equal((200, "slow"), (reply.Code, reply.Shown("value"))));
        Assert.Single(replies.Select(reply => reply.Shown("made")).Distinct());
        Assert.Single(replies, reply => reply.CacheStatus == "platform; fwd=miss; stored");
    }

    [Fact]
    public async Task Host_NamedAtWill_SharesPagesWithNoOtherDomain()
    {
        var first = await Server.Visitor("one.example").GetAsync("/hosted");
        var other = await Server.Visitor("two.example").GetAsync("/hosted");
        Assert.Equal(("theme one", "theme two"), (first.Text, other.Text));
        Assert.Equal(("theme one", true), await Server.Visitor("ONE.example:99").GetAsync("/hosted") is var again ? (again.Text, again.IsHit) : default);
        // Hosts that no domain names share one set of pages: a made-up host fills no memory.
        await Server.Visitor("made-up-1.test").GetAsync("/");
        Assert.True((await Server.Visitor("made-up-2.test").GetAsync("/")).IsHit);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TestSite site = TestSite.Small();

        internal RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            string[] handlers = ["plain", "headers", "address", "request_id", "set_cookie", "private", "gone", "own_header", "short", "query", "slow"];
            var routes = handlers.Select(h => $$"""{ "path": "/{{h}}", "handler": "{{h}}", "template": "page" }""").ToList();
            routes.Add("""{ "path": "/vary", "handler": "query", "template": "page", "cache": { "vary_query": ["page"] } }""");
            routes.Add("""{ "path": "/never", "handler": "plain", "template": "page", "cache": false }""");
            routes.Add("""{ "path": "/brief", "handler": "plain", "template": "page", "cache": { "ttl": 60 } }""");
            routes.Add("""{ "path": "/any_method", "method": "*", "handler": "body", "template": "page" }""");
            site.Write("routes.json", $$"""
                {
                  "default_theme": "default",
                  "domains": [
                    { "domain": "127.0.0.1", "routes": [ {{string.Join(",\n", routes)}} ] },
                    { "domain": "one.example", "theme": "one", "routes": [] },
                    { "domain": "two.example", "theme": "two", "routes": [] }
                  ]
                }
                """);
            foreach (var theme in new[] { "one", "two" }) site.Write($"wwwroot/templates/themes/{theme}/hosted.html", "theme " + theme);
            site.Plugin("reader").Theme("broken", "{{> __nowhere}}");
            Server = await RunningServer.StartAsync(site);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            site.Dispose();
        }
    }
}
