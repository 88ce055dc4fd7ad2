namespace Platform.Functional.Tests.Requests;

/// <summary>What a request leaves in the log.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Request_OfAnyKind_LeavesOneAccessLine()
    {
        using var site = TestSite.Small("plain");
        await using var server = await RunningServer.StartAsync(site);
        (string Path, int Status, string Cache)[] requests = [("/plain?q=1", 200, "platform; fwd=miss; stored"), ("/plain?q=1", 200, @"platform; hit; ttl=\d+; key=""GET:/plain:default:-"""), ("/nope", 404, "platform; fwd=miss"), ("/health", 200, ""), ("/plain/", 301, ""), ("/a%2fb", 400, "")];
        foreach (var (path, status, cache) in requests)
        {
            var reply = await server.GetAsync(path);
            Assert.Equal(status, reply.Code);
            var id = reply.Header("X-Request-Id")!;
            var line = await server.Log.WaitForAsync($" {id}$");
            Assert.Matches($@" INF 127\.0\.0\.1 GET {path.Replace("?", @"\?", StringComparison.Ordinal)} {status} {reply.Body.Length} \d+\.\d\d ms \[{cache}\] {id}$", line);
            Assert.Single(server.Log.Matching(id));
        }
    }

    [Fact]
    public async Task Log_InFiles_HoldsTheSameLines_AndTheLevelIsTakenUpWhileRunning()
    {
        const string Files = "file: logs/test-.log\naccess_file: logs/visits-.log\n";
        using var site = TestSite.Small("plain").Configure("logging", Files + "level: debug");
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/plain");
        await server.Log.WaitForAsync(@" DBG --> logging \[GET\] /plain default$");
        await server.ChangeAsync(() => site.Configure("logging", Files + "level: information\naccess: false"));
        var from = server.Log.Count;
        await server.GetAsync("/plain?later=1");
        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());
        Assert.DoesNotContain(server.Log.Lines.Skip(from), line => line.Contains("later", StringComparison.Ordinal) || line.Contains(" DBG ", StringComparison.Ordinal));

        var files = Directory.GetFiles(site.PathOf("logs")).Order(StringComparer.Ordinal).ToArray();
        Assert.Collection(files.Select(Path.GetFileName), name => Assert.Matches(@"^test-\d{8}\.log$", name), name => Assert.Matches(@"^visits-\d{8}\.log$", name));
        var lines = server.Log.Lines.Where(line => !line.StartsWith("listening", StringComparison.Ordinal)).ToLookup(line => line.Contains(" INF 127.0.0.1 ", StringComparison.Ordinal));
        Assert.Equal(lines[false], File.ReadAllLines(files[0]));
        Assert.Equal(lines[true], File.ReadAllLines(files[1]));
        Assert.Single(lines[true]);
    }
}
