using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Functional.Tests.Plugins;

/// <summary>What the host lends to plugins: places in the chain, a timer, the log, HTTP clients, the stored pages.</summary>
public sealed class PowersTests
{
    [Fact]
    public async Task Middleware_AheadOfTheCache_SeesEveryRequestForAPage()
    {
        using var site = Powers("slot: cache");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("BeforeCache", (await server.GetAsync("/plain")).Header("X-Powers"));
        var hit = await server.GetAsync("/plain");
        Assert.Equal((true, "BeforeCache", "Hi"), (hit.IsHit, hit.Header("X-Powers"), hit.Shown("value")));

        var blocked = await server.GetAsync("/blocked");
        Assert.Equal((451, "not here", "no-store"), (blocked.Code, blocked.Text, blocked.Header("Cache-Control")));
        var moved = await server.GetAsync("/moved");
        Assert.Equal((301, "/plain"), (moved.Code, moved.Location));
        Assert.Null((await server.GetAsync("/health")).Header("X-Powers"));
    }

    [Fact]
    public async Task Middleware_AheadOfThePage_SeesPagesThatAreMadeAndItsHeaderIsStored()
    {
        using var site = Powers("slot: page");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("BeforePage", (await server.GetAsync("/plain")).Header("X-Powers"));
        var hit = await server.GetAsync("/plain");
        Assert.Equal((true, "BeforePage"), (hit.IsHit, hit.Header("X-Powers")));
        Assert.Equal(451, (await server.GetAsync("/blocked")).Code);
        Assert.Equal(451, (await server.GetAsync("/blocked")).Code);
    }

    [Theory]
    [InlineData("cache", "", 200)]
    [InlineData("page", "", 200)]
    [InlineData("cache", "required: true, ", 502)]
    [InlineData("page", "required: true, ", 502)]
    public async Task Middleware_ThatFails_StopsAPageOnlyWhereItIsRequired(string slot, string required, int status)
    {
        using var site = Powers($"slot: {slot}", required);
        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/bad");
        Assert.Equal(status, page.Code);
        Assert.DoesNotContain("stored", page.CacheStatus, StringComparison.Ordinal);
        await server.Log.WaitForAsync("plugin .*powers.*middleware.* failed: InvalidOperationException: no way through");
    }

    [Fact]
    public async Task BackgroundWork_GoesOnTurnByTurn_AndEndsWithItsVersion()
    {
        using var site = Powers("greeting: Hi");
        await using var server = await RunningServer.StartAsync(site);
        await server.Log.WaitForAsync("plugin .*powers.*: .*turn 1 of Hi");
        await server.Log.WaitForAsync("plugin .*powers.*: .*turn 2 of Hi");
        await server.ChangeAsync(() => site.Delete("plugins/powers.dll"));
        var gone = await server.Log.WaitForAsync("plugin .*powers.*: .*Hi is disposed");
        var from = server.Log.Lines.ToList().IndexOf(gone);
        // Two generations later nothing of it has spoken again.
        for (var i = 0; i < 2; i++) await server.ChangeAsync(() => site.Theme("index", $"<p id=\"made\">{i}</p>"));
        Assert.DoesNotContain(server.Log.Lines.Skip(from + 1), line => line.Contains("turn ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BackgroundWork_ThatThrows_IsToldAndTriedAgain()
    {
        using var site = Powers("work: throw");
        await using var server = await RunningServer.StartAsync(site);
        await server.Log.WaitForAsync("plugin .*powers.*: .*background work.* failed: InvalidOperationException: work fails");
        await Eventually.Async("It is tried again", async () => (await server.HealthAsync()).GetProperty("plugins")[0].GetProperty("failures").GetInt64(), count => count >= 2);
        Assert.Equal("Hi", (await server.GetAsync("/plain")).Shown("value"));
    }

    [Fact]
    public async Task Settings_ThatChange_AreTakenOverByAPluginThatReloads()
    {
        using var site = Powers("greeting: Hi");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(("Hi", "1"), Shown(await server.GetAsync("/plain")));
        var from = await server.ChangeAsync(() => Configure(site, "greeting: Hello"));
        await server.Log.WaitForAsync("plugin .*powers.*: goes on with changed settings", from);
        Assert.Equal(("Hello", "1"), Shown(await server.GetAsync("/plain")));
        Assert.Empty(server.Log.Matching("Hi is disposed"));

        // One that refuses them while it serves is started anew with them.
        from = await server.ChangeAsync(() => Configure(site, "greeting: refuse"));
        await server.Log.WaitForAsync("plugin .*powers.*: ReloadAsync failed, it is started anew instead: InvalidOperationException: not these settings", from);
        Assert.Equal(("refuse", "1"), Shown(await server.GetAsync("/plain")));
        await server.Log.WaitForAsync("plugin .*powers.*: .*is disposed", from);
    }

    [Fact]
    public async Task Settings_ThatAPluginRefusesInEveryWay_LeaveItWithThoseItHad_AndAreTriedOnce()
    {
        using var site = Powers("greeting: Hi");
        await using var server = await RunningServer.StartAsync(site);
        var from = await server.ChangeAsync(() => Configure(site, "greeting: never"));
        await server.Log.WaitForAsync(@"plugins/powers\.dll: fails to start: InvalidOperationException: not these settings\. Version \S+ stays in service", from);
        Assert.Equal(("Hi", "1"), Shown(await server.GetAsync("/plain")));
        Assert.Equal(2, server.Log.Matching("plugin .*powers.*: .*greets with Hi").Count());
        await server.ChangeAsync(() => site.Theme("another", "x"));
        Assert.Single(server.Log.Matching("plugin .*powers.*: ReloadAsync failed"));
    }

    [Fact]
    public async Task BackgroundWork_OfAPluginWhoseLimitsChange_GoesOnOnce()
    {
        using var site = Powers("greeting: Hi");
        await using var server = await RunningServer.StartAsync(site);
        await server.Log.WaitForAsync("plugin .*powers.*: .*turn 1 of Hi");
        for (var limit = 1; limit <= 5; limit++) await server.ChangeAsync(() => site.Configure("plugins", $"timeout_ms: {9000 + limit}\neach:\n  powers: {{ settings: {{ greeting: Hi }} }}"));
        var next = server.Log.Matching("plugin .*powers.*: .*turn \\d+ of Hi").Count() + 3;
        var from = DateTime.UtcNow;
        await server.Log.WaitForAsync($"plugin .*powers.*: .*turn {next} of Hi");
        // Two turns lie between that one and the next: two seconds, and a fraction of one where it were done six times.
        Assert.True(DateTime.UtcNow - from > TimeSpan.FromSeconds(1.5), $"Three turns took {DateTime.UtcNow - from}.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("isolation: process, ")]
    public async Task Purge_ByAPluginThatStarts_DropsThePagesOfItsTag(string entry)
    {
        using var site = Powers("greeting: Hi", entry);
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        Assert.True((await server.GetAsync("/plain")).IsHit);
        await server.ChangeAsync(() => Configure(site, "greeting: refuse, purges: powers", entry));
        Assert.Equal(("refuse", "1"), Shown(await server.GetAsync("/plain")));
    }

    [Fact]
    public async Task Plugin_WhoseTokenBlocksWhoeverCancelsIt_GoesAllTheSame()
    {
        using var site = Powers("greeting: Hi, work: block");
        await using var server = await RunningServer.StartAsync(site);
        await server.Log.WaitForAsync("plugin .*powers.*: .*turn 1 of Hi");
        var from = await server.ChangeAsync(() => site.Delete("plugins/powers.dll"));
        Assert.Null(await server.PluginStateAsync("powers"));
        await server.Log.WaitForAsync("plugin .*powers.*out of service", from);
    }

    [Fact]
    public async Task Purge_ByAPlugin_DropsThePagesOfItsTag()
    {
        using var site = Powers("greeting: Hi");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        Assert.True((await server.GetAsync("/plain")).IsHit);
        Assert.Equal(200, (await server.GetAsync("/api/powers/x/purge")).Code);
        Assert.False((await server.GetAsync("/plain")).IsHit);
    }

    [Fact]
    public async Task LinesOfAPlugin_BearItsName_AndCanNeitherForgeOthersNorFloodTheLog()
    {
        using var site = Powers("greeting: Hi");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/api/powers/x/log");
        await server.Log.WaitForAsync(@"WRN plugin .*powers.*: .*one\\u000a2026-01-01 00:00:00.000 ERR two\\u202e");
        await server.GetAsync("/api/powers/x/flood");
        await server.Log.WaitForAsync("plugin .*powers.*: .*flood ");
        Assert.InRange(server.Log.Matching("plugin .*powers.*: .*flood ").Count(), 1, 300);
        await Eventually.Async("What was left out is counted", async () => await server.GetAsync("/api/powers/x/log"), _ => server.Log.Matching("plugin .*powers.*: .* lines of it were not written").Any());
    }

    [Fact]
    public async Task HttpClient_OfAPlugin_StopsCallingAHostThatFails()
    {
        using var feed = new Feed();
        using var site = Powers($"feed: \"http://127.0.0.1:{feed.Port}/\"");
        site.Routes(["""{ "path": "/feed", "handler": "feed", "template": "page" }"""]);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("the feed", (await server.GetAsync("/feed")).Shown("value"));
        feed.Fails = true;
        for (var i = 0; i < 3; i++) Assert.Contains("500", (await server.GetAsync("/feed")).Shown("value"), StringComparison.Ordinal);
        var before = feed.Calls;
        Assert.Equal($"127.0.0.1:{feed.Port} failed 3 times in a row and is not called for 600 s; the call was not made.", (await server.GetAsync("/feed")).Shown("value"));
        Assert.Equal(before, feed.Calls);
    }

    private static (string Value, string Made) Shown(Reply page) => (page.Shown("value"), page.Shown("made"));

    private static TestSite Powers(string settings, string entry = "") => Configure(TestSite.Small("plain", "bad").Plugin("powers"), settings, entry);

    private static TestSite Configure(TestSite site, string settings, string entry = "") =>
        site.Configure("plugins", $"timeout_ms: 10000\nfailures_until_off: 1000\neach:\n  powers: {{ {entry}settings: {{ {(settings.Contains("greeting", StringComparison.Ordinal) ? "" : "greeting: Hi, ")}{settings} }} }}");

    /// <summary>A small web server that can be told to fail.</summary>
    private sealed class Feed : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private int calls;

        internal Feed()
        {
            listener.Start();
            _ = ServeAsync();
        }

        internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        internal int Calls => Volatile.Read(ref calls);

        internal volatile bool Fails;

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var buffer = new byte[4096];
                if (await client.GetStream().ReadAsync(buffer) == 0) continue;
                Interlocked.Increment(ref calls);
                var answer = Fails ? "HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nthe feed";
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        }
    }
}
