using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Transport;

namespace Platform.Host.Tests.Transport;

/// <summary>Kestrel over the event loops, on real sockets.</summary>
public sealed class LoopTransportTests
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Request_OnAnOpenConnection_IsServedOnTheLoopsThread()
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync();
        // The first of a connection, and one that comes while the last is just being ended, may find a thread of the pool.
        var threads = new List<string>();
        for (var n = 0; n < 50; n++) threads.Add(await socket.AskAsync("/thread"));
        Assert.Contains(threads, name => name.StartsWith("connections-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_ByteByByte_IsAnswered()
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync();
        foreach (var b in WireReader.Get("/slow")) await socket.SendAsync(new[] { b });
        Assert.Equal("/slow", Encoding.ASCII.GetString(await socket.ReadResponseAsync()));
    }

    [Fact]
    public async Task Requests_InOnePiece_AreAnsweredInOrder()
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync();
        await socket.SendAsync(Enumerable.Range(0, 200).SelectMany(n => WireReader.Get($"/{n}")).ToArray());
        for (var n = 0; n < 200; n++) Assert.Equal($"/{n}", Encoding.ASCII.GetString(await socket.ReadResponseAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Visitor_WhoLeavesWhileAPageIsMade_IsMissedByTheServer_AndHarmsNobodyElse(bool byReset)
    {
        await using var server = await TransportServer.StartAsync();
        using var other = await server.ConnectAsync();
        using (var socket = await server.ConnectAsync(s => s.LingerState = new(byReset, 0)))
        {
            await socket.SendAsync(WireReader.Get("/hold"));
            await server.Entered.Task.InTime();
        }

        await server.Aborted.Task.InTime();
        server.Gate.SetResult();
        Assert.Equal("/other", await other.AskAsync("/other"));
    }

    [Fact]
    public async Task Reset_InTheMidstOfRequestsAndResponses_HarmsNobodyElse()
    {
        await using var server = await TransportServer.StartAsync();
        using var other = await server.ConnectAsync();
        for (var n = 0; n < 100; n++)
        {
            using var socket = await server.ConnectAsync(s => s.LingerState = new(true, 0));
            await socket.SendAsync(n % 2 == 0 ? WireReader.Get("/whole?2000000") : "GET /cut"u8.ToArray());
            if (n % 4 == 0) await socket.ReceiveAsync(new byte[100]);
        }

        Assert.Equal("/other", await other.AskAsync("/other"));
        using var next = await server.ConnectAsync();
        Assert.Equal("/next", await next.AskAsync("/next"));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    public async Task Visitor_WhoHasEndedTheirHalf_GetsTheWholeAnswer(int length)
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync(s => s.ReceiveBufferSize = 8192);
        await socket.AskAsync("/first");
        await socket.SendAsync(WireReader.Get($"/whole?{length}"));
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(TransportServer.Bytes(length), await socket.ReadResponseAsync(most: 5000));
        Assert.True(await socket.IsEndedAsync());
    }

    [Fact]
    public async Task Visitor_WhoHasEndedTheirHalfWhileAPageIsMade_GetsThePage()
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync();
        await socket.SendAsync(WireReader.Get("/hold"));
        await server.Entered.Task.InTime();
        socket.Shutdown(SocketShutdown.Send);
        // What is read on another connection of the same loop is read after the end of this one.
        for (var n = 0; n < Environment.ProcessorCount; n++)
        {
            using var other = await server.ConnectAsync();
            await other.AskAsync("/other");
        }

        server.Gate.SetResult();
        Assert.Equal("held", Encoding.ASCII.GetString(await socket.ReadResponseAsync()));
        Assert.True(await socket.IsEndedAsync());
    }

    [Fact]
    public async Task Body_ThatNobodyReads_StopsItsSender_AndArrivesWhole()
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync(s => s.SendBufferSize = 64 * 1024);
        var body = TransportServer.Bytes(TenMegabytes);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /sum HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n"));
        await server.Entered.Task.InTime();

        var sent = 0;
        var sending = SendAllAsync();
        var begun = DateTime.UtcNow;
        while (socket.Poll(100_000, SelectMode.SelectWrite)) Assert.True(DateTime.UtcNow - begun < Limit && !sending.IsCompleted, $"{sent} bytes were taken that nobody has read.");
        Assert.InRange(sent, 1, TenMegabytes - 1);

        server.Gate.SetResult();
        await sending.InTime();
        Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), Encoding.ASCII.GetString(await socket.ReadResponseAsync()));
        Assert.Equal("/next", await socket.AskAsync("/next"));

        async Task SendAllAsync()
        {
            while (sent < body.Length) sent += await socket.SendAsync(body.AsMemory(sent, Math.Min(16_384, body.Length - sent)));
        }
    }

    [Theory]
    [InlineData("/pieces")]
    [InlineData("/whole")]
    public async Task Response_ThatIsReadSlowly_MakesTheServerWait_AndArrivesWhole(string path)
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync(s => s.ReceiveBufferSize = 8192);
        await socket.SendAsync(WireReader.Get($"{path}?{TenMegabytes}"));
        if (path == "/pieces") await server.Entered.Task.InTime();
        using var other = await server.ConnectAsync();
        Assert.Equal("/other", await other.AskAsync("/other"));
        Assert.Equal(TransportServer.Bytes(TenMegabytes), await socket.ReadResponseAsync(most: 7000));
    }

    [Fact]
    public async Task Connections_OpenAndIdle_AThousand_AreAllServed()
    {
        await using var server = await TransportServer.StartAsync();
        var sockets = new List<Socket>();
        for (var n = 0; n < 1000; n++) sockets.Add(await server.ConnectAsync());
        foreach (var socket in sockets) Assert.Equal("/one", await socket.AskAsync("/one"));
        foreach (var socket in sockets.Where((_, n) => n % 2 == 0)) socket.Dispose();
        foreach (var socket in sockets.Where((_, n) => n % 2 == 1))
        {
            Assert.Equal("/two", await socket.AskAsync("/two"));
            socket.Dispose();
        }
    }

    [Fact]
    public async Task Abort_EndsTheConnection()
    {
        await using var server = await TransportServer.StartAsync();
        using var socket = await server.ConnectAsync();
        await socket.SendAsync(WireReader.Get("/abort"));
        await Assert.ThrowsAnyAsync<Exception>(() => socket.ReadResponseAsync());
        Assert.True(await socket.IsEndedAsync());
    }

    [Fact]
    public async Task Stop_WithAResponseUnderWay_FinishesItAndRefusesNewConnections()
    {
        await using var server = await TransportServer.StartAsync();
        using var idle = await server.ConnectAsync();
        await idle.AskAsync("/first");
        using var socket = await server.ConnectAsync();
        await socket.SendAsync(WireReader.Get("/hold"));
        await server.Entered.Task.InTime();

        var stopping = server.StopAsync();
        Assert.True(await idle.IsEndedAsync());
        await Assert.ThrowsAnyAsync<SocketException>(() => server.ConnectAsync());
        Assert.False(stopping.IsCompleted);
        server.Gate.SetResult();
        Assert.Equal("held", Encoding.ASCII.GetString(await socket.ReadResponseAsync()));
        Assert.True(await socket.IsEndedAsync());
        await stopping.InTime();
    }

    [Fact]
    public async Task Listener_OnAllAddresses_TakesBothFamilies_AndSaysWhoCame()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "no IPv6 here");
        await using var server = await TransportServer.StartAsync(IPAddress.IPv6Any);
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var socket = await server.ConnectAsync(address: address);
            Assert.Equal($"{address} {address}", await socket.AskAsync("/addresses"));
        }
    }

    [Fact]
    public async Task Listener_OnAnAddressInUse_SaysSo()
    {
        await using var server = await TransportServer.StartAsync();
        using var memory = new Pools();
        using var transport = new LoopTransport(memory, new Lifetime(), NullLoggerFactory.Instance);
        await Assert.ThrowsAsync<AddressInUseException>(async () => await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, server.Port), TestContext.Current.CancellationToken));
    }
}
