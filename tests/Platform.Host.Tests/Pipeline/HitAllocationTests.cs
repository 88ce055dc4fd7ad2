using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Host.Commands;
using Platform.Host.Tests.Transport;

namespace Platform.Host.Tests.Pipeline;

/// <summary>What a stored page costs in memory beyond what Kestrel itself takes.</summary>
public sealed class HitAllocationTests
{
    private const int Requests = 2000;
    private const int Most = 200;

    /// <summary>The whole server, its access log in a file, beside an application that writes as many bytes.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Accept-Encoding: gzip, br\r\n")]
    [InlineData("If-None-Match: ETAG\r\n")]
    public async Task Hit_AllocatesAtMostTwoHundredBytes_BeyondKestrelsOwn(string headers)
    {
        var folder = Directory.CreateTempSubdirectory("pf-hit-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "config.yaml"), "ip_access_control:\n  enabled: false\nlogging:\n  console: false\n  file: \"\"\n");
            File.WriteAllText(Path.Combine(folder.FullName, "routes.json"), """{ "default_theme": "default", "static_routes": [ { "path": "/", "template": "page" } ] }""");
            var theme = Directory.CreateDirectory(Path.Combine(folder.FullName, "wwwroot", "templates", "themes", "default"));
            File.WriteAllText(Path.Combine(theme.FullName, "page.html"), string.Concat(Enumerable.Repeat("<p>a page</p>", 460)));

            await using var bare = await TransportServer.StartAsync();
            using var stop = new CancellationTokenSource();
            var port = FreePort();
            var serving = ServeCommand.RunAsync(Path.Combine(folder.FullName, "config.yaml"), $"http://127.0.0.1:{port}", stop.Token);
            using var site = await ConnectAsync(port, serving);
            using var peer = await bare.ConnectAsync();

            var etag = Etag(site);
            var (plain, asked) = (WireReader.Get("/stored"), WireReader.Get("/", headers.Replace("ETAG", etag, StringComparison.Ordinal)));
            // Compiled forms and compressed bodies come while it runs: the leanest of many turns counts.
            var least = double.MaxValue;
            Assert.True(SpinWait.SpinUntil(() => (least = Math.Min(least, Measure(site, asked) - Measure(peer, plain))) <= Most, TimeSpan.FromSeconds(60)), $"A hit allocates {least:0} bytes beyond Kestrel's own; expected at most {Most}.");
            TestContext.Current.TestOutputHelper!.WriteLine($"{least:0} bytes a hit beyond Kestrel's own");
            stop.Cancel();
            Assert.Equal(0, await serving);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Bytes the process allocates for each request; the client itself needs none.</summary>
    private static double Measure(Socket socket, byte[] request)
    {
        var buffer = new byte[65_536];
        Exchange(socket, request, buffer);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var n = 0; n < Requests; n++) Exchange(socket, request, buffer);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Requests;
    }

    private static int Exchange(Socket socket, byte[] request, byte[] buffer)
    {
        socket.Send(request);
        var length = 0;
        while (true)
        {
            length += socket.Receive(buffer.AsSpan(length));
            var answer = buffer.AsSpan(0, length);
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0) continue;
            var at = answer[..head].IndexOf("Content-Length: "u8);
            var body = 0;
            if (at >= 0) for (at += "Content-Length: ".Length; answer[at] is >= (byte)'0' and <= (byte)'9'; at++) body = (body * 10) + answer[at] - '0';
            if (length >= head + 4 + body) return length;
        }
    }

    private static string Etag(Socket socket)
    {
        var buffer = new byte[65_536];
        var answer = Encoding.Latin1.GetString(buffer, 0, Exchange(socket, WireReader.Get("/"), buffer));
        return answer.Split("\r\n").Single(line => line.StartsWith("ETag: ", StringComparison.Ordinal))["ETag: ".Length..];
    }

    private static async Task<Socket> ConnectAsync(int port, Task<int> serving)
    {
        while (true)
        {
            Assert.False(serving.IsCompleted, "The server has ended.");
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
