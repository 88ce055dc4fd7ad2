namespace Platform.Functional.Tests.Caching;

/// <summary>A page knows what it was made from: that decides who shares it, and what drops it.</summary>
public sealed class DependencyTests
{
    [Fact]
    public async Task Query_ThatThePageDidNotRead_SplitsNoPage()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain?a=1");
        var other = await server.GetAsync("/plain?b=2");
        Assert.True(other.IsHit, $"A parameter that nobody reads split the page: {other}");
        Assert.Contains("key=\"GET:/plain:default:-\"", other.CacheStatus, StringComparison.Ordinal);

        Assert.Equal("x", (await server.GetAsync("/one?name=x&a=1")).Shown("value"));
        var same = await server.GetAsync("/one?a=2&name=x");
        Assert.Equal((true, "x"), (same.IsHit, same.Shown("value")));
        Assert.Contains("key=\"GET:/one?name=x:default:-\"", same.CacheStatus, StringComparison.Ordinal);
        Assert.Equal((false, "y"), Seen(await server.GetAsync("/one?name=y")));
        Assert.Equal((false, ""), Seen(await server.GetAsync("/one")));
        Assert.Equal((false, ""), Seen(await server.GetAsync("/one?name=")));
        Assert.True((await server.GetAsync("/one?other=1")).IsHit);
    }

    [Fact]
    public async Task User_WhomThePageDidNotRead_SharesItWithEverybody()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        Assert.True((await server.SignedIn("ann").GetAsync("/plain")).IsHit);

        Assert.Equal("nobody", (await server.GetAsync("/user")).Shown("value"));
        Assert.Equal((false, "user ann"), Seen(await server.SignedIn("ann").GetAsync("/user")));
        Assert.Equal((false, "user bob"), Seen(await server.SignedIn("bob").GetAsync("/user")));
        var again = await server.SignedIn("ann").GetAsync("/user");
        Assert.Equal((true, "user ann", "private, no-cache", "Accept-Encoding, Cookie"), (again.IsHit, again.Shown("value"), again.Header("Cache-Control"), again.Header("Vary")));
        Assert.Equal((true, "nobody"), Seen(await server.GetAsync("/user")));
    }

    [Fact]
    public async Task Template_ThatPrintsTheUserOrTheQuery_SplitsItsPageAsAPluginWould()
    {
        using var site = Site();
        site.Theme("greets", "<p id=\"value\">{{user.name}}</p>").Theme("asks", "<p id=\"value\">{{query.name}}</p>").Theme("prints", "<p id=\"value\">{{#each query}}{{@key}}={{this}};{{/each}}</p>");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/greets");
        Assert.Equal((false, "user ann"), Seen(await server.SignedIn("ann").GetAsync("/greets")));
        Assert.Equal((true, ""), Seen(await server.GetAsync("/greets?any=1")));
        Assert.Equal((false, "x"), Seen(await server.GetAsync("/asks?name=x")));
        Assert.Equal((true, "x"), Seen(await server.GetAsync("/asks?name=x&other=1")));
        Assert.Equal((false, "y"), Seen(await server.GetAsync("/asks?name=y")));
        Assert.Equal((false, "a=1;"), Seen(await server.GetAsync("/prints?a=1")));
        Assert.Equal((false, "a=1;b=2;"), Seen(await server.GetAsync("/prints?a=1&b=2")));
    }

    [Theory]
    [InlineData("{{request_id}}", false)]
    [InlineData("{{#with contextData}}{{request_id}}{{/with}}", false)]
    [InlineData("{{contextData.path}} {{timestamp}}", true)]
    public async Task Template_ThatPrintsTheIdOfItsRequest_IsOfThatRequest(string printed, bool isStored)
    {
        using var site = Site();
        site.Theme("prints", $"<p id=\"value\">{printed}</p>");
        await using var server = await RunningServer.StartAsync(site);
        var (first, second) = (await server.GetAsync("/prints"), await server.GetAsync("/prints"));
        Assert.Equal(isStored, second.IsHit);
        Assert.Equal(isStored, first.Shown("value") == second.Shown("value"));
    }

    [Fact]
    public async Task Header_AndCookie_ReadByName_AreInTheKeyAndInVary()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal((false, "de"), Seen(await server.GetAsync("/language", ("Accept-Language", "de"))));
        Assert.Equal((false, "en"), Seen(await server.GetAsync("/language", ("Accept-Language", "en"))));
        var hit = await server.GetAsync("/language", ("Accept-Language", "de"), ("X-Other", "1"));
        Assert.Equal((true, "de", "Accept-Encoding, accept-language"), (hit.IsHit, hit.Shown("value"), hit.Header("Vary")));
        Assert.Equal((false, ""), Seen(await server.GetAsync("/language")));

        Assert.Equal((false, "dark"), Seen(await server.GetAsync("/look", ("Cookie", "a=b; look=dark"))));
        Assert.Equal((true, "dark"), Seen(await server.GetAsync("/look", ("Cookie", "look=dark; c=d"))));
        Assert.Equal((false, "light"), Seen(await server.GetAsync("/look", ("Cookie", "look=light"))));
    }

    [Fact]
    public async Task Partial_ThatChanges_DropsThePagesThatUseIt_AndNoOther()
    {
        using var site = Site();
        site.Theme("__note", "one").Theme("with", "<p id=\"value\">{{> __note}}</p>").Theme("without", "<p id=\"value\">none</p>");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal((false, "one"), Seen(await server.GetAsync("/with")));
        await server.GetAsync("/without");
        await server.GetAsync("/plain");
        await server.ChangeAsync(() => site.Theme("__note", "two"));
        Assert.Equal((false, "two"), Seen(await server.GetAsync("/with")));
        Assert.True((await server.GetAsync("/without")).IsHit, "A partial dropped a page that does not use it.");
        Assert.True((await server.GetAsync("/plain")).IsHit, "A partial dropped a page that does not use it.");
    }

    [Fact]
    public async Task Route_ThatChanges_DropsItsPage_AndNoOther()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        await server.GetAsync("/free");
        await server.GetAsync("/one");
        await server.ChangeAsync(() => Routes(site, """{ "path": "/plain", "handler": "user", "template": "page" }""", """{ "path": "/free", "handler": "user", "template": "page" }"""));
        Assert.Equal((false, "nobody"), Seen(await server.GetAsync("/plain")));
        Assert.Equal((false, "nobody"), Seen(await server.GetAsync("/free")));
        Assert.True((await server.GetAsync("/one")).IsHit, "A route dropped another's page.");
    }

    [Fact]
    public async Task Plugin_ThatChanges_DropsThePagesItAnswers_AndIsAskedAboutTheRest()
    {
        using var site = Site().Plugin("powers").Configure("plugins", "timeout_ms: 10000\neach: { powers: { settings: { greeting: Hi } } }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("Hi", (await server.GetAsync("/plain")).Shown("value"));
        await server.GetAsync("/one");
        await server.ChangeAsync(() => site.Configure("plugins", "timeout_ms: 10000\neach: { powers: { settings: { greeting: Hello } } }"));
        Assert.Equal((false, "Hello"), Seen(await server.GetAsync("/plain")));
        var other = await server.GetAsync("/one");
        Assert.True(other.IsHit, $"A plugin that has nothing to say for a page dropped it: {other}");
    }

    [Fact]
    public async Task Why_NamesWhatThePageWasMadeFrom()
    {
        using var site = Site();
        site.Theme("__note", "one").Theme("with", "<p id=\"value\">{{> __note}}</p>");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/with");
        await server.GetAsync("/one?name=x");
        var text = await WhyAsync("/with");
        Assert.Contains("GET:/with:default:-", text, StringComparison.Ordinal);
        Assert.Contains("wwwroot/templates/themes/default/with.html, wwwroot/templates/themes/default/__note.html", text, StringComparison.Ordinal);
        Assert.Contains("reader had nothing to say", text, StringComparison.Ordinal);
        Assert.Contains("it depends on ?name", await WhyAsync("/one"), StringComparison.Ordinal);
        Assert.Contains("nothing is stored of it", await WhyAsync("/nowhere"), StringComparison.Ordinal);

        async Task<string> WhyAsync(string url)
        {
            var (exit, output, errors) = await Command.RunAsync("cache", "why", url, "--config", site.ConfigFile);
            Assert.True(exit == 0, errors);
            return output;
        }
    }

    private static TestSite Site()
    {
        var site = TestSite.Small().Plugin("reader");
        return Routes(site, """{ "path": "/plain", "handler": "plain", "template": "page" }""");
    }

    private static TestSite Routes(TestSite site, params string[] more)
    {
        string[] handlers = ["one", "user", "language", "look"];
        site.Routes(handlers.Select(handler => $$"""{ "path": "/{{handler}}", "handler": "{{handler}}", "template": "page" }""").Concat(more));
        return more.Any(route => route.Contains("/free", StringComparison.Ordinal)) ? site : site.Theme("free", TestSite.Page);
    }

    private static (bool IsHit, string Value) Seen(Reply reply) => (reply.IsHit, reply.Shown("value"));
}
