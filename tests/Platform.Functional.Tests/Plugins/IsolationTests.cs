using System.Text.RegularExpressions;

namespace Platform.Functional.Tests.Plugins;

/// <summary>One plugin in each isolation: what it gives is the same, to the byte.</summary>
public sealed class IsolationTests
{
    private const string ValuesPage = """
        {{site_name}}|{{nothing}}|{{yes}}|{{no}}|{{zero}}|{{minus}}|{{largest}}|{{whole}}|{{half}}|{{third}}|{{huge}}|{{tiny}}|{{price}}|{{long_price}}|
        {{text}}|{{{text}}}|{{letters}}|{{half_pair}}|[{{empty}}]|{{lookup this "$cost"}}|{{#each items}}{{@index}}:{{this}} {{/each}}|{{map.a.price}}|{{#each map}}{{@key}} {{/each}}|
        {{{json items}}}|{{{json map}}}|{{{json text}}}|{{{json half_pair}}}|{{{json whole}}}|{{{json price}}}|{{#if whole}}yes{{/if}}{{#if zero}}no{{/if}}{{#if (eq whole 1)}}same{{/if}}|{{format_number price "0.000"}}
        """;

    private const string HelpedPage = """
        {{shout "a & b"}}|{{shout "c" end="?"}}|{{badge "<i>"}}|{{#with (pair "x" 1 2.5)}}{{first}} {{#each rest}}{{this}},{{/each}}{{/with}}|{{around}}|{{#each words}}{{around}} {{/each}}|
        {{#times 2 as |n u|}}{{n}}{{u}}{{@turn}}/{{greeting}} {{/times}}|{{#times 0}}never{{else}}none of {{greeting}}{{/times}}|{{#times 0}}never{{/times}}|
        {{#frame}}  {{greeting}} <i>in</i>  {{/frame}}|{{#inside "w"}}{{word}} {{html}} {{../greeting}}{{/inside}}|{{#each words}}{{#times 1 as |n|}}{{n}}{{this}}{{/times}}{{/each}}|{{same (badge "x")}}|{{{json (same words)}}}|{{same 1.5}}|{{same null}}
        """;

    private static readonly string[] Handlers = ["values", "helped", "settings", "template", "short", "gone", "query", "user", "header", "throws", "nothing"];

    public static TheoryData<string> Isolations => new("process", "group", "command");

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task Pages_AreTheSameBytes_WhereverThePluginRuns(string isolation)
    {
        using var shared = Site("shared-process");
        using var other = Site(isolation);
        await using var before = await RunningServer.StartAsync(shared);
        await using var after = await RunningServer.StartAsync(other);
        string[] paths = ["/values", "/helped", "/settings", "/template", "/short", "/gone", "/route/7", "/query?q=a%26b", "/header", "/throws", "/nothing", "/moved", "/blocked", "/api/contract/things/ok", "/api/contract/things/created", "/api/contract/things/refused", "/api/contract/things/none"];
        foreach (var path in paths)
        {
            var (first, second) = (await before.GetAsync(path, ("X-Contract", "h")), await after.GetAsync(path, ("X-Contract", "h")));
            Assert.Equal(Seen(path, first), Seen(path, second));
        }

        var (user, twin) = (await before.SignedIn("ann", "b", "a").GetAsync("/user"), await after.SignedIn("ann", "b", "a").GetAsync("/user"));
        Assert.Equal("ann user ann a,b", twin.Shown("value"));
        Assert.Equal(user.Text, twin.Text);
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task Plugin_DoesAllThatOneInTheServersProcessDoes(string isolation)
    {
        using var site = Site(isolation);
        await using var server = await RunningServer.StartAsync(site);
        await server.Log.WaitForAsync("plugin .*contract.*: .*is there");
        var page = await server.GetAsync("/settings");
        Assert.Equal((200, "Hi", "1", "Contract & Sons", "seen"), (page.Code, page.Shown("value"), page.Shown("made"), page.Shown("site"), page.Header("X-Middleware")));
        Assert.True((await server.GetAsync("/settings")).IsHit);
        Assert.Equal("purged", (await server.GetAsync("/api/contract/things/purge")).Json.GetString());
        Assert.Equal("2", (await server.GetAsync("/settings")).Shown("made"));

        Assert.False((await Twice(server, "/short")).IsHit);
        Assert.True((await Twice(server, "/header")).IsHit);
        Assert.False((await server.GetAsync("/header", ("X-Contract", "another"))).IsHit);
        Assert.True((await Twice(server, "/query?q=1")).IsHit);
        Assert.Equal("contract things POST a body", (await server.Visitor().SendAsync(HttpMethod.Post, "/api/contract/things/echo", new StringContent("a body"))).Json.GetString());
        await server.GetAsync("/api/contract/things/log");
        await server.Log.WaitForAsync(@"WRN plugin .*contract.*: .*a line\\u000aand another");
        Assert.NotEqual(200, (await server.GetAsync("/api/contract/things/throws")).Code);
        await server.Log.WaitForAsync("plugin .*contract.*: .*api_dispatch.* failed: InvalidOperationException: thrown on purpose");
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task Settings_ThatChange_AreTakenOver(string isolation)
    {
        using var site = Site(isolation);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(("Hi", "1"), Made(await server.GetAsync("/settings")));
        await server.ChangeAsync(() => Configure(site, isolation, "Hello"));
        Assert.Equal(("Hello", "2"), Made(await server.GetAsync("/settings")));
        await server.Log.WaitForAsync("plugin .*contract.*: goes on with changed settings");
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task BackgroundWork_BeginsWithTheService_GoesOnAfterACrash_AndEndsWithItsPlugin(string isolation)
    {
        using var site = Site(isolation);
        await using var server = await RunningServer.StartAsync(site);
        var turn = Index(server, await server.Log.WaitForAsync("plugin .*contract.*: .*turn 2 of Hi"));
        Assert.InRange(Index(server, server.Log.Matching("plugin contract .*: in service").Single()), 0, Index(server, server.Log.Matching("plugin .*contract.*: .*turn 1 of Hi").Single()));

        Signal.Send(Assert.Single(Processes.WithPluginsOf(server.ProcessId)), Signal.Kill);
        await server.Log.WaitForAsync("plugin .*contract.*: .*turn 1 of Hi", turn);

        // A turn that fails is told like any other failure of the plugin, and does not end the work.
        var from = await server.ChangeAsync(() => Configure(site, isolation, "Fail"));
        await server.Log.WaitForAsync("plugin .*contract.*: .*background work.* failed: InvalidOperationException: thrown on purpose", from);
        from = await server.ChangeAsync(() => Configure(site, isolation, "Hello"));
        await server.Log.WaitForAsync("plugin .*contract.*: .*turn \\d+ of Hello", from);
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task Helpers_ThatFail_CostTheirPage_InTheSameWords(string isolation)
    {
        using var site = Site(isolation);
        site.Theme("wrong", "{{wrong \"x\"}}").Theme("fails", "{{fails}}").Theme("unknown", "{{#times 1}}{{> nowhere}}{{/times}}");
        await using var server = await RunningServer.StartAsync(site);
        foreach (var path in new[] { "/wrong", "/fails", "/unknown" }) Assert.Equal(500, (await server.GetAsync(path)).Code);
        await server.Log.WaitForAsync(@"default/wrong\.html\(1,1\): wrong: plugin contract: 'x' is not what it takes\.");
        await server.Log.WaitForAsync(@"default/fails\.html\(1,1\): fails: plugin contract: InvalidOperationException: thrown on purpose");
        await server.Log.WaitForAsync(@"default/unknown\.html\(1,\d+\): partial ""nowhere"" not found");
        Assert.Equal(200, (await server.GetAsync("/settings")).Code);
    }

    [Theory]
    [MemberData(nameof(Isolations))]
    public async Task Call_WithoutAnAnswer_EndsAtItsDeadline_AndStopsWithTheServer(string isolation)
    {
        using var site = Site(isolation, "timeout_ms: 300, ");
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/slow");
        Assert.Equal((200, ""), (page.Code, page.Shown("value")));
        await server.Log.WaitForAsync("plugin .*contract.*: .*data_for.* failed: no answer within 300 ms");
        Assert.Equal("Hi", (await server.GetAsync("/settings")).Shown("value"));
        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());
        Assert.NotEmpty(server.Log.Matching("plugin .*contract.*: .*is disposed"));
    }

    [Fact]
    public async Task Example_OfTheNodeSdk_ServesItsPage()
    {
        using var site = TestSite.Small();
        var sdk = Path.Combine(Repository.Root, "sdk", "node");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(sdk, "example"), "*", SearchOption.AllDirectories)) site.Write($"plugins/example/{Path.GetRelativePath(Path.Combine(sdk, "example"), file)}", File.ReadAllBytes(file));
        site.Write("plugins/example/platform-plugin.mjs", File.ReadAllBytes(Path.Combine(sdk, "platform-plugin.mjs")));
        site.Routes(["""{ "path": "/hello/{name}", "handler": "hello" }"""]);
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/hello/Ann");
        Assert.Contains("<h1>Hello, Ann!</h1>\n<p>AL, <a href=\"mailto:ann@example.com\">ann@example.com</a></p>\n<ul><li>1</li><li>2</li></ul>", page.Text, StringComparison.Ordinal);
        Assert.True((await Twice(server, "/hello/Ann")).IsHit);
    }

    internal static TestSite Site(string isolation, string limits = "")
    {
        var site = TestSite.Small([.. Handlers, "slow"]);
        site.Theme("values", ValuesPage).Theme("helped", HelpedPage).Theme("other", "<p id=\"value\">other {{value}}</p>").Theme("moved", "m").Theme("blocked", "b");
        site.Routes(Handlers.Append("slow").Select(handler => $$"""{ "path": "/{{handler}}", "handler": "{{handler}}", "template": "{{(handler is "values" or "helped" ? handler : "page")}}" }""")
            .Append("""{ "path": "/route/{id}", "handler": "route", "template": "page" }"""));
        if (isolation == "command")
        {
            var folder = Path.Combine(Repository.Root, "tests", "TestPlugins", "contract-node");
            foreach (var file in Directory.EnumerateFiles(folder)) site.Write($"plugins/contract/{Path.GetFileName(file)}", File.ReadAllBytes(file));
            site.Write("plugins/contract/platform-plugin.mjs", File.ReadAllBytes(Path.Combine(Repository.Root, "sdk", "node", "platform-plugin.mjs")));
        }
        else
        {
            site.Plugin("contract");
        }

        if (isolation == "group") site.Plugin("typography");
        return Configure(site, isolation, "Hi", limits);
    }

    private static TestSite Configure(TestSite site, string isolation, string greeting, string limits = "")
    {
        var where = isolation switch { "process" => "isolation: process, ", "group" => "isolation: process, group: both, ", _ => "" };
        var partner = isolation == "group" ? "\n  typography: { isolation: process, group: both }" : "";
        return site.Configure("plugins", $"timeout_ms: 10000\neach:\n  contract: {{ {where}{limits}settings: {{ greeting: \"{greeting}\" }} }}{partner}");
    }

    private static string Seen(string path, Reply reply) => $"{path} {reply.Code} {reply.Location} {reply.Header("X-Contract")} {reply.Header("X-Middleware")} {reply.Header("Content-Type")}\n{Regex.Replace(reply.Text, "\"request_id\":\"[^\"]*\"", "")}";

    private static int Index(RunningServer server, string line) => server.Log.Lines.ToList().IndexOf(line);

    private static (string, string) Made(Reply reply) => (reply.Shown("value"), reply.Shown("made"));

    private static async Task<Reply> Twice(RunningServer server, string path)
    {
        await server.GetAsync(path);
        return await server.GetAsync(path);
    }
}
