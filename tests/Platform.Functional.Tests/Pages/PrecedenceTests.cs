namespace Platform.Functional.Tests.Pages;

/// <summary>Which of several candidates a page is made of.</summary>
public sealed class PrecedenceTests
{
    [Fact]
    public async Task Template_OfAPath_ComesFromTheHighestLayerThatHasIt()
    {
        using var site = TestSite.Small();
        site.PluginFolder("hello").Write("plugins/hello/templates/a/b/index.html", "plugin, index of the folder");
        await using var server = await RunningServer.StartAsync(site);
        async Task<string> PageAsync() => (await server.GetAsync("/a/b")).Text;
        Assert.Equal("plugin, index of the folder", await PageAsync());

        // From the lowest to the highest; each is created while the server runs and takes over from the one before.
        (string File, string Text)[] layers =
        [
            ("wwwroot/templates/a/b/index.html", "root, index of the folder"),
            ("wwwroot/templates/themes/default/a/b/index.html", "theme, index of the folder"),
            ("plugins/hello/templates/a/b.html", "plugin"),
            ("wwwroot/templates/a/b.html", "root"),
            ("wwwroot/templates/themes/default/a/b.html", "theme"),
            ("wwwroot/templates/public/a/b/index.html", "public"),
        ];
        foreach (var (file, text) in layers)
        {
            await server.ChangeAsync(() => site.Write(file, text));
            Assert.Equal(text, await PageAsync());
        }

        await server.ChangeAsync(() => site.Theme("configured", "configured route").Routes(["""{ "path": "/a/b", "template": "configured" }"""]));
        Assert.Equal("configured route", await PageAsync());

        await server.ChangeAsync(() => site.Routes([]));
        foreach (var (file, text) in layers.Reverse())
        {
            Assert.Equal(text, await PageAsync());
            await server.ChangeAsync(() => site.Delete(file));
        }

        Assert.Equal("plugin, index of the folder", await PageAsync());
    }

    [Fact]
    public async Task Data_OfTheSameKey_ComeFromTheLaterLayer()
    {
        using var site = TestSite.Small();
        site.Plugin("greeter").Theme("index", """
            {{version}}|{{contextData.version}}|{{globalData.version}}
            {{greeting}}|{{globalData.greeting}}|{{pluginData.greeting}}
            {{only_global}}|{{pluginData.only_global}}
            {{theme}} {{path}} {{query.q}} {{user.id}} {{user.anonymous}} {{contextData.theme}}
            """);
        await using var server = await RunningServer.StartAsync(site);
        var lines = (await server.GetAsync("/?q=1")).Text.Split('\n');
        var version = (await server.HealthAsync()).GetProperty("version").GetString();
        Assert.Equal($"greeter&#x27;s global_data|{version}|greeter&#x27;s global_data", lines[0]);
        Assert.Equal("greeter&#x27;s data_for|greeter&#x27;s global_data|greeter&#x27;s data_for", lines[1]);
        Assert.Equal("greeter&#x27;s global_data|", lines[2]);
        Assert.Equal("default / 1 - true default", lines[3]);
    }

    [Theory]
    [InlineData("hello: { order: 1 }\n    greeter: { order: 2 }", "greeter's data_for", "hello and greeter")]
    [InlineData("hello: { order: 2 }\n    greeter: { order: 1 }", "hello's data_for", "greeter and hello")]
    public async Task Key_GivenByTwoPlugins_IsTheLaterOnesAndSaidOnce(string order, string expected, string said)
    {
        using var site = TestSite.Small();
        site.Plugin("hello").Plugin("greeter").Configure("plugins", $"timeout_ms: 10000\neach:\n    {order}").Configure("cache", "enabled: false");
        await using var server = await RunningServer.StartAsync(site);
        for (var turn = 0; turn < 5; turn++) Assert.Equal(expected, (await server.GetAsync("/")).Shown("shared"));
        Assert.Equal(0, await StopAsync(server));
        var line = Assert.Single(server.Log.Matching("the key .*shared.* is given by the plugins"));
        Assert.Contains(said, line.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by_property")]
    [InlineData("by_key")]
    public async Task TemplateNamedByAPlugin_BeatsTheRoutes(string handler)
    {
        using var site = TestSite.Small(handler);
        site.Plugin("greeter").Theme("named", "the plugin's choice{{_template_name}}");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("the plugin's choice", (await server.GetAsync("/" + handler)).Text);
    }

    [Fact]
    public async Task TemplateNamedByAPlugin_BeatsTheSmartMatch()
    {
        using var site = TestSite.Small();
        site.Plugin("greeter").Theme("named", "the plugin's choice").Theme("only/the/plugin/knows", "the path's template");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("the plugin's choice", (await server.GetAsync("/only/the/plugin/knows")).Text);
    }

    [Fact]
    public async Task PathThatOnlyAPluginKnows_IsServed_AndOthersAreNot()
    {
        using var site = TestSite.Small();
        site.Plugin("greeter").Theme("named", "{{greeting}}");
        await using var server = await RunningServer.StartAsync(site);
        var reply = await server.GetAsync("/only/the/plugin/knows");
        Assert.Equal((200, "found by the plugin"), (reply.Code, reply.Text));
        Assert.Equal(404, (await server.GetAsync("/nobody/knows")).Code);
    }

    [Fact]
    public async Task TemplateNamedByAPlugin_ThatIsNotThere_Is500AndTheLogNamesTheNearest()
    {
        using var site = TestSite.Small("misspelled");
        site.Plugin("greeter").Theme("named", "named");
        await using var server = await RunningServer.StartAsync(site);
        var reply = await server.GetAsync("/misspelled");
        Assert.Equal((500, "no-store"), (reply.Code, reply.Header("Cache-Control")));
        var line = await server.Log.WaitForAsync("template \"naned\" not found");
        Assert.Contains("Did you mean \"named\"?", line, StringComparison.Ordinal);
        Assert.Contains(reply.Header("X-Request-Id")!, line, StringComparison.Ordinal);
        Assert.Contains(reply.Header("X-Request-Id")!, reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("naned", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/", "/docs")]
    [InlineData("/docs.html", "/docs")]
    [InlineData("/docs/index.html", "/docs")]
    [InlineData("/index.html", "/")]
    [InlineData("/docs/?a=b&c=%20", "/docs?a=b&c=%20")]
    [InlineData("/docs//more", "/docs/more")]
    [InlineData("/routed.html", "/routed")]
    public async Task Spelling_OtherThanThePlainPath_RedirectsThere(string asked, string expected)
    {
        using var site = TestSite.Small("routed");
        site.Theme("docs/index", "docs").Theme("docs/more", "more");
        await using var server = await RunningServer.StartAsync(site);
        var answer = await RawConnection.GetAsync(server.Url, asked);
        Assert.StartsWith("HTTP/1.1 301 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: {expected}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync(expected)).Code);
    }

    [Fact]
    public async Task Routes_OfDomainsAndPatterns_TheMoreSpecificWins()
    {
        using var site = TestSite.Small();
        site.Theme("show", "{{route.kind}} {{route.id}} {{route.rest}}").Write("wwwroot/templates/themes/other/show.html", "other theme {{route.id}}").Write("routes.json", """
            {
              "default_theme": "default",
              "domains": [
                { "domain": "*.example.com", "theme": "other", "routes": [ { "path": "/x/{id}", "template": "show" } ] },
                { "domain": "a.example.com", "theme": "default", "routes": [
                  { "path": "/x/{*rest}", "template": "show" },
                  { "path": "/x/{id}", "template": "show" },
                  { "path": "/x/seven", "template": "json", "description": "literal" },
                  { "path": "/off", "template": "show", "enabled": false },
                  { "path": "/away/{id}", "redirect": "/x/{id}", "status": 308 }
                ] }
              ],
              "static_routes": [ { "path": "/everywhere", "template": "show" } ]
            }
            """);
        await using var server = await RunningServer.StartAsync(site);
        async Task<string> AtAsync(string host, string path) => (await server.Visitor(host).GetAsync(path)).Text.Trim();
        Assert.Equal("7", await AtAsync("a.example.com", "/x/7"));
        Assert.Equal("7/8", await AtAsync("A.EXAMPLE.COM:1234", "/x/7/8"));
        Assert.StartsWith("{", await AtAsync("a.example.com", "/x/seven"), StringComparison.Ordinal);
        Assert.Equal("other theme 7", await AtAsync("b.c.example.com", "/x/7"));
        Assert.Equal(404, (await server.Visitor("example.com").GetAsync("/x/7")).Code);
        Assert.Equal(404, (await server.Visitor("a.example.com").GetAsync("/off")).Code);
        Assert.Equal(200, (await server.Visitor("elsewhere.org").GetAsync("/everywhere")).Code);
        var away = await server.Visitor("a.example.com").GetAsync("/away/7");
        Assert.Equal((308, "/x/7"), (away.Code, away.Location));
    }

    [Fact]
    public async Task JsonRoute_AnswersTheMergedData()
    {
        using var site = TestSite.Small();
        site.Plugin("greeter").Routes(["""{ "path": "/data/{id}", "handler": "any", "template": "json" }"""]);
        await using var server = await RunningServer.StartAsync(site);
        var reply = await server.GetAsync("/data/7?q=x");
        Assert.Equal("application/json; charset=utf-8", reply.Header("Content-Type"));
        Assert.Equal(("greeter's data_for", "7", "x"), (reply.Json.GetProperty("greeting").GetString(), reply.Json.GetProperty("route").GetProperty("id").GetString(), reply.Json.GetProperty("query").GetProperty("q").GetString()));
    }

    [Fact]
    public async Task Api_OfAPlugin_AnswersWellAndBadly()
    {
        using var site = TestSite.Small();
        site.Plugin("calls").Configure("api", "apps: { mapped: calls, orphan: nobody }").Configure("plugins", "timeout_ms: 10000\neach:\n  calls: { timeout_ms: 1500 }");
        await using var server = await RunningServer.StartAsync(site);
        async Task<Reply> CallAsync(string path, HttpMethod? method = null, string? body = null) =>
            await server.Visitor().SendAsync(method ?? HttpMethod.Get, path, body is null ? null : new StringContent(body));

        var ok = await CallAsync("/api/mapped/say/ok?q=7", HttpMethod.Post, "12345");
        Assert.Equal("""{"app":"mapped","http":"POST","q":"7","length":5}""", ok.Text);
        Assert.Equal("no-store", ok.Header("Cache-Control"));
        Assert.Equal("unmapped", (await CallAsync("/api/unmapped/say/ok")).Json.GetProperty("app").GetString());
        var created = await CallAsync("/api/mapped/say/created", HttpMethod.Put);
        Assert.Equal((201, "[1,\"two\",null]"), (created.Code, created.Text));

        var fail = (await CallAsync("/api/mapped/say/fail")).Json;
        Assert.Equal((422, "name_missing", "The name is missing; expected one.", "/form"), (fail.GetProperty("status").GetInt32(), fail.GetProperty("code").GetString(), fail.GetProperty("detail").GetString(), fail.GetProperty("redirect").GetString()));

        var threw = await CallAsync("/api/mapped/say/throw");
        Assert.Equal((502, "plugin_failed"), (threw.Code, threw.Json.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", threw.Text, StringComparison.Ordinal);
        Assert.Equal((504, "plugin_timeout"), await CallAsync("/api/mapped/say/never") is var late ? (late.Code, late.Json.GetProperty("code").GetString()) : default);
        Assert.Equal((404, "api_unknown"), await CallAsync("/api/mapped/say/nothing") is var nothing ? (nothing.Code, nothing.Json.GetProperty("code").GetString()) : default);
        Assert.Equal((503, "plugin_unavailable"), await CallAsync("/api/orphan/say/ok") is var orphan ? (orphan.Code, orphan.Json.GetProperty("code").GetString()) : default);
        Assert.Equal(404, (await CallAsync("/api/mapped/say")).Code);
    }

    private static async Task<int> StopAsync(RunningServer server)
    {
        server.Terminate();
        return await server.ExitAsync();
    }
}
