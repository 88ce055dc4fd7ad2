using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Functional.Tests.Requests;

/// <summary>Requests over both transports: our event loops and Kestrel's own.</summary>
public sealed class InlineHitsTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Requests_OfAllKinds_AreAnsweredAlike(string inlineHits)
    {
        using var site = Site(inlineHits);
        await using var server = await RunningServer.StartAsync(site);
        var visitor = server.Visitor();

        var made = await visitor.GetAsync("/plain");
        var hit = await visitor.GetAsync("/plain");
        Assert.Equal((200, false, 200, true), (made.Code, made.IsHit, hit.Code, hit.IsHit));
        Assert.Equal(made.Body, hit.Body);
        Assert.NotEqual(made.Header("X-Request-Id"), hit.Header("X-Request-Id"));

        var known = await visitor.GetAsync("/plain", ("If-None-Match", hit.Header("ETag")!));
        Assert.Equal((304, 0), (known.Code, known.Body.Length));
        var head = await visitor.SendAsync(HttpMethod.Head, "/plain");
        Assert.Equal((200, 0, $"{hit.Body.Length}"), (head.Code, head.Body.Length, head.Header("Content-Length")));

        Assert.Equal(404, (await visitor.GetAsync("/nope")).Code);
        Assert.Equal(301, (await visitor.GetAsync("/plain/")).Code);
        Assert.Equal(405, (await visitor.PostAsync("/plain")).Code);
        Assert.Equal(200, (await visitor.GetAsync("/health")).Code);
        Assert.Equal($"\"may wait {40_000}\"", (await visitor.SendAsync(HttpMethod.Post, "/api/any/a/b", new StringContent(new string('x', 40_000)))).Text);
        Assert.Equal(413, (await visitor.SendAsync(HttpMethod.Post, "/api/any/a/b", new StringContent(new string('x', 70_000)))).Code);

        // The control socket is another transport's; it must work beside either.
        var cleared = await Command.RunAsync("cache", "clear", "--config", site.ConfigFile);
        Assert.True(cleared.ExitCode == 0, $"{cleared}");
        Assert.False((await visitor.GetAsync("/plain")).IsHit);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task StaticFile_InMemory_IsAnsweredByConditionRangeAndCoding(string inlineHits)
    {
        using var site = Site(inlineHits);
        var text = string.Concat(Enumerable.Range(0, 300).Select(n => $".rule-{n % 7} {{ margin: 0 }}\n"));
        site.Write("wwwroot/resources/style.css", text).Write("wwwroot/resources/dot.png", [1, 2, 3, 4]).Write("wwwroot/resources/large.bin", Large());
        await using var server = await RunningServer.StartAsync(site);
        var visitor = server.Visitor();

        var file = await visitor.GetAsync("/resources/style.css");
        Assert.Equal((text, "public, no-cache", "bytes", "Accept-Encoding", "text/css; charset=utf-8"), (file.Text, file.Header("Cache-Control"), file.Header("Accept-Ranges"), file.Header("Vary"), file.Header("Content-Type")));
        Assert.Equal(304, (await visitor.GetAsync("/resources/style.css", ("If-None-Match", file.Header("ETag")!))).Code);
        Assert.Equal(304, (await visitor.GetAsync("/resources/style.css", ("If-Modified-Since", file.Header("Last-Modified")!))).Code);
        Assert.Equal(412, (await visitor.GetAsync("/resources/style.css", ("If-Match", "\"other\""))).Code);
        var part = await visitor.GetAsync("/resources/style.css", ("Range", "bytes=0-9"));
        Assert.Equal((206, text[..10]), (part.Code, part.Text));
        Assert.Equal((0, $"{text.Length}"), ((await visitor.SendAsync(HttpMethod.Head, "/resources/style.css")).Body.Length, file.Header("Content-Length")));

        foreach (var coding in new[] { "br", "gzip" })
        {
            var small = await Eventually.Async($"the file is there as {coding}", () => visitor.GetAsync("/resources/style.css", ("Accept-Encoding", coding)), reply => reply.Header("Content-Encoding") == coding);
            Assert.InRange(small.Body.Length, 1, text.Length / 2);
            Assert.Equal(304, (await visitor.GetAsync("/resources/style.css", ("Accept-Encoding", coding), ("If-None-Match", small.Header("ETag")!))).Code);
        }

        Assert.Equal([1, 2, 3, 4], (await visitor.GetAsync("/resources/dot.png", ("Accept-Encoding", "br"))).Body);
        Assert.Equal(Large(), (await visitor.GetAsync("/resources/large.bin")).Body);
        Assert.Equal(Large().AsSpan(300_000).ToArray(), (await visitor.GetAsync("/resources/large.bin", ("Range", "bytes=300000-"))).Body);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("cache")]
    public async Task Plugin_AndTemplate_AreNeverCalledOnALoopsThread(string slot)
    {
        using var site = Site("true").Configure("plugins", $"timeout_ms: 10000\nglobal_data_ttl: 0\neach:\n  threads: {{ settings: {{ slot: {slot} }} }}");
        await using var server = await RunningServer.StartAsync(site);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Url.Host, server.Url.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        // Many on one connection: from the second on, it is a loop that is woken by them.
        for (var n = 0; n < 30; n++)
        {
            var page = await AskAsync($"GET /made?{n} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            Assert.Contains("<p id=\"value\">may wait</p><p id=\"helper\">may wait</p><p id=\"shared\">may wait</p>", page, StringComparison.Ordinal);
            Assert.Contains("\r\nX-Thread: may wait\r\n", page, StringComparison.Ordinal);

            // A page whose body comes by itself, which wakes the loop in the midst of the page.
            await SendAsync("POST /taken HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n\r\n");
            Assert.Contains("<p id=\"value\">may wait</p>", await AskAsync("body"), StringComparison.Ordinal);
            await SendAsync("POST /api/any/a/b HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbo");
            Assert.EndsWith("\"may wait 4\"", await AskAsync("dy\r\n0\r\n\r\n"), StringComparison.Ordinal);
            Assert.Contains("<p id=\"missing\">may wait</p>", await AskAsync($"GET /nope/{n} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), StringComparison.Ordinal);
        }

        Task SendAsync(string bytes) => stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), TestContext.Current.CancellationToken).AsTask();

        async Task<string> AskAsync(string bytes)
        {
            await SendAsync(bytes);
            var (answer, buffer) = (new StringBuilder(), new byte[65_536]);
            using var limit = new CancellationTokenSource(Eventually.Limit);
            while (true)
            {
                var count = await stream.ReadAsync(buffer, limit.Token);
                Assert.True(count > 0, $"The server ended the connection: {answer}");
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
                var text = answer.ToString();
                if (Regex.Match(text, @"\r\nContent-Length: (\d+)\r\n(?:.+\r\n)*\r\n", RegexOptions.NonBacktracking) is { Success: true } head && text.Length >= head.Index + head.Length + int.Parse(head.Groups[1].Value)) return text;
            }
        }
    }

    [Fact]
    public async Task Connections_BeyondTheFilesThatMayBeOpen_WaitAndAreServedLater()
    {
        using var site = TestSite.Small("plain");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        var open = Directory.GetFiles($"/proc/{server.ProcessId}/fd").Length;
        await Signal.LimitFilesAsync(server.ProcessId, open + 40);
        var clients = new List<TcpClient>();
        for (var n = 0; n < 80; n++)
        {
            clients.Add(new TcpClient());
            await clients[^1].ConnectAsync(server.Url.Host, server.Url.Port, TestContext.Current.CancellationToken);
        }

        await server.Log.WaitForAsync("no connection can be accepted on .*: too many files are open");
        foreach (var client in clients) client.Dispose();
        await server.Log.WaitForAsync("connections are accepted again");
        Assert.Equal(200, (await server.GetAsync("/plain")).Code);
        Assert.Single(server.Log.Matching("no connection can be accepted"));
    }

    private static byte[] Large()
    {
        var bytes = new byte[700_000];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static TestSite Site(string inlineHits)
    {
        var site = TestSite.Small("plain");
        site.Plugin("threads").Configure("server", $"inline_hits: {inlineHits}\nmax_body_kb: 64");
        site.Theme("made", "<p id=\"value\">{{value}}</p><p id=\"helper\">{{thread}}</p><p id=\"shared\">{{shared}}</p>");
        site.Theme("404", "<p id=\"missing\">{{thread}}</p>");
        site.Routes(["""{ "path": "/plain", "handler": "plain", "template": "plain" }""", """{ "path": "/made", "handler": "made", "template": "made" }""", """{ "path": "/taken", "method": "POST", "handler": "made", "template": "made" }"""]);
        site.Theme("plain", new string('p', 20_000));
        return site;
    }
}
