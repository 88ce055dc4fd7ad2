namespace Platform.Functional.Tests.Requests;

/// <summary>Requests that no well-meaning client sends, byte by byte.</summary>
public sealed class HostileRequestTests(HostileRequestTests.Fixture fixture) : IClassFixture<HostileRequestTests.Fixture>
{
    private const string Canary = "CANARY-4711";

    private static readonly int[] Known = [200, 204, 301, 302, 308, 400, 403, 404, 405, 413, 414, 431, 501];

    [Theory]
    [MemberData(nameof(HostileTargets.All), MemberType = typeof(HostileTargets))]
    public async Task Target_ThatTriesToGetOut_GetsNothing(string target, int status)
    {
        var answer = await RawConnection.GetAsync(fixture.Server.Url, target);
        Check(answer, status);
        if (status is 301 or 302) Assert.Matches(@"\r\nLocation: /([^/\\][\x21-\x7e]*)?\r\n", answer);
    }

    [Theory]
    [InlineData("TRACE /plain", 501)]
    [InlineData("FOO /plain", 501)]
    [InlineData("get /plain", 501)]
    [InlineData("CONNECT 127.0.0.1:80", 400)]
    [InlineData("OPTIONS *", 400)]
    [InlineData("DELETE /plain", 405)]
    [InlineData("POST /resources/style.css", 405)]
    [InlineData("POST /health", 405)]
    [InlineData("POST /nope", 404)]
    [InlineData("PUT /plain/", 308)]
    [InlineData("G\u00c4T /plain", 400)]
    [InlineData("GET\t/plain", 400)]
    [InlineData(" GET /plain", 400)]
    public async Task Method_ThatIsNotForThisPath_IsRefused(string start, int status) =>
        Check(await RawConnection.ExchangeAsync(fixture.Server.Url, $"{start} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), status);

    [Fact]
    public async Task Trace_ReflectsNothing()
    {
        var answer = await RawConnection.ExchangeAsync(fixture.Server.Url, "TRACE /plain HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Secret: reflected\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain("reflected", answer, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int> BadHeaders { get; } = new()
    {
        { "101 headers", string.Concat(Enumerable.Range(0, 101).Select(n => $"X-{n}: 1\r\n")), 431 },
        { "a header of 40 KB", $"X-Large: {new string('a', 40_000)}\r\n", 431 },
        { "no host", "", 400 },
        { "two hosts", "Host: a\r\nHost: b\r\n", 400 },
        { "a host with a space", "Host: a b\r\n", 400 },
        { "a host with a path", "Host: a/../b\r\n", 400 },
        { "a NUL in a header", "Host: a\r\nX: \0\r\n", 400 },
        { "a space before the colon", "Host: a\r\nX : 1\r\n", 400 },
        { "a folded header", "Host: a\r\nX: 1\r\n 2\r\n", 400 },
        { "a header without a name", "Host: a\r\n: 1\r\n", 400 },
        { "a bare CR", "Host: a\r\nX: 1\rY: 2\r\n", 400 },
        { "a bare LF", "Host: a\r\nX: 1\nY: 2\r\n", 400 },
        { "a length that is no number", "Host: a\r\nContent-Length: x\r\n", 400 },
        { "a negative length", "Host: a\r\nContent-Length: -1\r\n", 400 },
        { "two lengths", "Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n", 400 },
        { "an unknown transfer coding", "Host: a\r\nTransfer-Encoding: gzip\r\n", 400 },
        { "chunked with a vertical tab", "Host: a\r\nTransfer-Encoding: \vchunked\r\n", 400 },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public async Task Headers_ThatCanBeReadInTwoWays_AreRefused(string what, string headers, int status)
    {
        // Without a host of their own they are given a good one, but where its absence is the matter.
        var host = headers.Contains("Host:", StringComparison.Ordinal) || what == "no host" ? "" : "Host: 127.0.0.1\r\n";
        Check(await RawConnection.ExchangeAsync(fixture.Server.Url, $"GET /everywhere HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"), status);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    [InlineData("Content-Length: 70000\r\n\r\n", 413)]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200)]
    [InlineData("Content-Length: 5\r\n\r\nhello", 200)]
    // Kestrel reads +5 as 5; it takes exactly that much, so no second request hides behind it.
    [InlineData("Content-Length: +5\r\n\r\nhello", 200)]
    [InlineData("Content-Length: 5, 5\r\n\r\nhello", 400)]
    [InlineData("Content-Length: 0x5\r\n\r\nhello", 400)]
    [InlineData("Content-Length: -5\r\n\r\nhello", 400)]
    public async Task Body_OfAPost_IsTakenOnlyWhereItIsSound(string rest, int status)
    {
        var answer = await RawConnection.ExchangeAsync(fixture.Server.Url, $"POST /take HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{rest}");
        Check(answer, status);
        if (status == 200) Assert.Contains("<p id=\"value\">hello</p>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_SmuggledBehindAnother_IsNotAnswered()
    {
        // Length and chunks at once: whichever a proxy believes, no second answer may come.
        var answer = await RawConnection.ExchangeAsync(
            fixture.Server.Url,
            "POST /take HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }

    [Fact]
    public async Task Log_OfHostileRequests_HoldsNoRawControlCharacters()
    {
        using var site = Fixture.Site();
        await using var server = await RunningServer.StartAsync(site);
        foreach (var target in HostileTargets.All.Select(row => row.Data.Item1)) await RawConnection.GetAsync(server.Url, target);
        foreach (var header in new[] { "User-Agent: \u001b[2J", "X-Forwarded-For: \u0085", "Referer: \u009b31m" })
        {
            await RawConnection.ExchangeAsync(server.Url, $"GET /plain?\u001b\u0085\u009b HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\nConnection: close\r\n\r\n");
            await RawConnection.ExchangeAsync(server.Url, $"GET /plain HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\nConnection: close\r\n\r\n");
        }

        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());
        Assert.True(server.Log.Matching(" INF .* GET ").Count() > 60, $"The log holds only {server.Log.Count} lines, so this test has shown nothing.");
        Assert.All(server.Log.Lines, line => Assert.False(line.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202e'), $"A line holds a control character: {Uri.EscapeDataString(line)}"));
        Assert.All(server.Log.Lines, line => Assert.Matches(@"^(\d{4}-\d\d-\d\d |    |listening on )", line));
        Assert.Empty(server.Log.Matching("incident"));
    }

    private static void Check(string answer, int expected)
    {
        var status = RawConnection.StatusOf(answer);
        Assert.True(status == expected, $"The answer was {status}; expected {expected}:\n{answer[..Math.Min(answer.Length, 600)]}");
        Assert.Contains(status, Known);
        Assert.DoesNotContain(Canary, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(TestSite.SecretKey, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\nX-Evil", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("{{", answer, StringComparison.Ordinal);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TestSite site = Site();

        internal RunningServer Server { get; private set; } = null!;

        /// <summary>A site with links that lead out of every folder visitors reach, and a file outside that none of them may show.</summary>
        internal static TestSite Site()
        {
            var site = TestSite.Small();
            site.Plugin("reader").PluginFolder("hello").Configure("server", "max_body_kb: 64");
            site.Theme("plain", "plain").Theme("__part", "part").Theme("_hidden", "hidden").Theme(".hidden", "hidden").Write("wwwroot/templates/public/widgets/part.html", "part");
            site.Write("wwwroot/resources/style.css", "p {}").Write("wwwroot/templates/themes/default/assets/style.css", "p {}").Write("plugins/hello/wwwroot/note.txt", "a note");
            site.Write("routes.json", """
                {
                  "default_theme": "default",
                  "domains": [ { "domain": "127.0.0.1", "routes": [
                    { "path": "/away/{to}", "redirect": "/{to}", "status": 302 },
                    { "path": "/take", "method": "POST", "handler": "body", "template": "page" }
                  ] } ],
                  "static_routes": [ { "path": "/everywhere", "template": "plain" } ]
                }
                """);

            var canary = Path.Combine(site.Outside, "canary.txt");
            File.WriteAllText(canary, Canary);
            File.WriteAllText(Path.Combine(site.Outside, "canary.html"), Canary);
            foreach (var (link, target) in new[]
            {
                ("wwwroot/resources/canary.txt", canary),
                ("wwwroot/resources/folder", site.Outside),
                ("wwwroot/resources/root", site.Root),
                ("wwwroot/templates/themes/default/assets/canary.css", canary),
                ("wwwroot/templates/themes/default/canary.html", canary),
                ("wwwroot/templates/themes/default/linked", site.Outside),
                ("plugins/hello/wwwroot/canary.txt", canary),
            }) File.CreateSymbolicLink(site.PathOf(link), target);
            return site;
        }

        public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(site);

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            site.Dispose();
        }
    }
}
