using System.Net.Sockets;

namespace Platform.Functional.Tests.Requests;

/// <summary>An orderly stop.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Stop_WithARequestInFlight_FinishesItAndRefusesNewOnes()
    {
        using var site = TestSite.Small("slow_one");
        site.Plugin("sleeps").Configure("plugins", "timeout_ms: 10000\neach:\n  sleeps: { settings: { on: slow_one, ms: 1500 } }").Configure("logging", "file: \"\"\nlevel: debug");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(404, (await server.GetAsync("/warm-up")).Code);

        var inFlight = server.GetAsync("/slow_one");
        await server.Log.WaitForAsync("--> logging .*slow_one");
        server.Terminate();
        await Eventually.Async("new connections are refused", IsRefusedAsync, refused => refused);
        Assert.False(inFlight.IsCompleted, "The request in flight ended before new ones were refused, so this test has shown nothing.");

        var reply = await inFlight;
        Assert.Equal((200, "awake"), (reply.Code, reply.Shown("sleeps")));
        Assert.Equal(0, await server.ExitAsync());
        // Its access line is written before the end.
        Assert.Single(server.Log.Matching("GET .*/slow_one.* 200 "));

        async Task<bool> IsRefusedAsync()
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(server.Url.Host, server.Url.Port);
                return false;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task Stop_WithAPluginThatHangs_EndsAllTheSame()
    {
        using var site = TestSite.Small("trap");
        site.Plugin("hangs").Configure("plugins", "timeout_ms: 300");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(200, (await server.GetAsync("/trap")).Code);
        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());
        Assert.Empty(Directory.GetFiles(site.PathOf("data"), "*.sock"));
    }
}
