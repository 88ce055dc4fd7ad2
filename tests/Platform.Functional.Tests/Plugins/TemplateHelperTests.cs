namespace Platform.Functional.Tests.Plugins;

/// <summary>Helpers that plugins bring for templates.</summary>
public sealed class TemplateHelperTests
{
    private const string Page = """
        <p id="shout">{{shout "a & b"}}</p><p id="badge">{{badge "<i>" kind="new"}}</p><p id="map">{{#with (initials "Ann" 1)}}{{first}}{{count}}{{/with}}</p>
        <p id="times">{{#times 3 as |n|}}{{n}}{{@turn}}{{path}} {{else}}none{{/times}}</p><p id="none">{{#times 0}}x{{else}}none{{/times}}</p>
        <section id="frame">{{#frame}} {{shout "<in>"}} {{/frame}}</section>
        """;

    [Fact]
    public async Task Helpers_OfAPluginDroppedIn_Swapped_AndDeleted_AreThoseOfThePluginInForce()
    {
        using var site = TestSite.Small();
        site.Theme("helped", Page);
        await using var server = await RunningServer.StartAsync(site);
        var before = await server.GetAsync("/helped");
        Assert.Equal(500, before.Code);
        await server.Log.WaitForAsync(@"default/helped\.html\(1,\d+\): helper 'shout' is unknown");

        await server.ChangeAsync(() => site.Plugin("helpers"));
        var page = await server.GetAsync("/helped");
        Assert.Equal(200, page.Code);
        Assert.Equal(("A & B!", "<i>", "A2", "00/helped 11/helped 22/helped ", "none", "<IN>!"), (page.Shown("shout"), page.Shown("badge"), page.Shown("map"), page.Shown("times"), page.Shown("none"), page.Shown("frame")));
        Assert.NotNull(page.Document.QuerySelector("#badge b.new"));
        Assert.Equal("&lt;IN&gt;!", page.Document.QuerySelector("#frame div")!.InnerHtml);

        await server.ChangeAsync(() => site.Write("plugins/helpers.dll", File.ReadAllBytes(Path.Combine(Repository.TestPlugin("helpers-2"), "helpers.dll"))));
        Assert.Equal("A & B!!", (await server.GetAsync("/helped")).Shown("shout"));

        var from = await server.ChangeAsync(() => site.Delete("plugins/helpers.dll"));
        Assert.Equal(500, (await server.GetAsync("/helped")).Code);
        await server.Log.WaitForAsync("plugin .*helpers.*out of service", from);
    }

    [Theory]
    [InlineData("<p>\n  {{fails 1}}", @"\(2,3\): fails: plugin helpers: InvalidOperationException: thrown on purpose", 1)]
    [InlineData("{{#times \"x\"}}{{/times}}", @"\(1,1\): times: plugin helpers: 'x' is no number of times; expected a whole number from 0\.", 0)]
    [InlineData("{{alien 1}}", @"\(1,1\): alien: plugin helpers: 'result' holds a Uri; ", 0)]
    [InlineData("{{#swallows}}\n{{fails 1}}{{/swallows}}", @"\(2,1\): fails: plugin helpers: InvalidOperationException", 1)]
    [InlineData("{{#swallows}}\n{{> nowhere}}{{/swallows}}", @"\(2,1\): partial ""nowhere"" not found", 0)]
    [InlineData("{{#rewraps}}\n{{truncate 1}}{{/rewraps}}", @"\(2,1\): truncate: 1 arguments; expected", 0)]
    [InlineData("{{#shout 1}}{{/shout}}", @"\(1,1\): shout: is no block; the plugin helpers gives a value\.", 0)]
    [InlineData("{{times 1}}", @"\(1,1\): times: is a block of the plugin helpers\.", 0)]
    public async Task Helper_ThatFails_CostsItsPageAndIsNamedWithPluginTemplateAndPlace(string template, string message, int failures)
    {
        using var site = TestSite.Small("plain");
        site.Theme("broken", template).Plugin("helpers");
        await using var server = await RunningServer.StartAsync(site);
        for (var turn = 0; turn < 6; turn++) Assert.Equal(500, (await server.GetAsync("/broken")).Code);
        await server.Log.WaitForAsync("GET .*/broken.*default/broken.html" + message);

        // Other pages are whole: a helper's failures are counted, and switch nothing off.
        Assert.Equal(200, (await server.GetAsync("/plain")).Code);
        Assert.Equal("running", await server.PluginStateAsync("helpers"));
        var plugin = (await server.HealthAsync()).GetProperty("plugins").EnumerateArray().Single();
        Assert.Equal(failures * 6, plugin.GetProperty("failures").GetInt32());
    }

    [Theory]
    [InlineData("shared-process", "{{stuck 1}}")]
    [InlineData("shared-process", "{{#frame}}{{stuck 1}}{{/frame}}")]
    [InlineData("process", "{{stuck 1}}")]
    public async Task Helper_ThatNeverComesBack_CostsItsPageNoMoreThanItsDeadline_AndIsThenNotCalled(string isolation, string template)
    {
        using var site = TestSite.Small("plain");
        site.Theme("broken", template).Theme("fine", "<p id=\"shout\">{{shout \"a\"}}</p>").Plugin("helpers");
        site.Configure("plugins", $"failures_until_off: 1000\noff_seconds: 600\neach:\n  helpers: {{ isolation: {isolation}, timeout_ms: 200, concurrency: 2 }}");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(500, (await server.GetAsync("/broken")).Code);
        await server.Log.WaitForAsync("GET .*/broken.*default/broken.html.*stuck: plugin helpers: no answer within 200 ms");
        Assert.Equal(500, (await server.GetAsync("/broken")).Code);
        await server.Log.WaitForAsync(@"GET .*/broken.*default/broken.html\(1,\d+\): stuck: plugin helpers: not called: its calls before this one did not come back in time");

        // Its other helpers, and pages without any, are as they were.
        Assert.Equal("A!", (await server.GetAsync("/fine")).Shown("shout"));
        Assert.Equal(200, (await server.GetAsync("/plain")).Code);
        Assert.Equal(1, (await server.HealthAsync()).GetProperty("plugins").EnumerateArray().Single().GetProperty("failures").GetInt32());
    }

    [Theory]
    [InlineData("if", "its helper \"if\" would replace one that templates rely on; expected none of if, unless, each, with, lookup, ")]
    [InlineData("nonce", "its helper \"nonce\" would replace one that templates rely on")]
    [InlineData("a b", "A helper's name is 'a b'; expected a letter and then letters, digits, '_' or '-', at most 64.")]
    public async Task Plugin_WithAHelperThatCanNotBe_IsNotUsed(string helper, string message)
    {
        using var site = Named(helper);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Contains(message, await server.Log.WaitForAsync(@"plugins/named-helper\.dll: "), StringComparison.Ordinal);
        Assert.Null(await server.PluginStateAsync("named-helper"));
    }

    [Theory]
    [InlineData("shout", "named-helper's", "the helper .*shout.* is given by the plugins .*helpers.* and .*named-helper.*; the later in plugin order wins")]
    [InlineData("len", "named-helper's", "the helper .*len.* of the plugin .*named-helper.* stands in for the one that comes with the server")]
    public async Task Helper_OfANameThatIsTaken_WinsWhereItsPluginIsLater_WhichIsSaidOnce(string helper, string shown, string message)
    {
        using var site = Named(helper);
        site.Plugin("helpers").Theme("page", $"<p id=\"value\">{{{{{helper} \"a\"}}}}</p>");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(shown, (await server.GetAsync("/plain")).Shown("value"));
        await server.ChangeAsync(() => site.Theme("another", "x"));
        Assert.Single(server.Log.Matching(message));
    }

    [Fact]
    public async Task ValueHelpers_UnderHandlebarsNet_WorkToo()
    {
        using var site = TestSite.Small();
        site.Theme("helped", "<p id=\"a\">{{shout \"a & b\"}}</p><p id=\"b\">{{badge \"<i>\"}}</p>").Plugin("helpers").Configure("templates", "engine: handlebars.net");
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/helped");
        Assert.Equal(("A & B!", "<i>"), (page.Shown("a"), page.Shown("b")));
        Assert.NotNull(page.Document.QuerySelector("#b b.plain"));
    }

    private static TestSite Named(string helper) =>
        TestSite.Small("plain").Plugin("named-helper").Configure("plugins", $"timeout_ms: 10000\neach:\n  named-helper: {{ settings: {{ helper: \"{helper}\" }} }}");
}
