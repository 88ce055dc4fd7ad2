using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Functional.Tests;

/// <summary>
/// Lies between a server and its Redis, and can be cut: connections stay open but nothing passes, those of before for ever,
/// as where a network lost its memory of them. It can also answer in the place of Redis.
/// </summary>
internal sealed partial class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> ends = [];
    private readonly ConcurrentBag<TcpClient> deceived = [];
    private readonly int target;
    private readonly Task accepting;
    private CancellationTokenSource passing = new();
    private volatile byte[]? lie;

    internal Wire(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    internal string Connection => listener.LocalEndpoint.ToString()!;

    /// <summary>From now on nothing passes.</summary>
    internal void Cut() => passing.Cancel();

    /// <summary>From now on every command to Redis is answered with these bytes, also on the connections there are.</summary>
    internal void Say(byte[] bytes) => lie = bytes;

    /// <summary>New connections pass again; what was told something else than Redis has said is closed.</summary>
    internal void Heal()
    {
        lie = null;
        foreach (var end in deceived) end.Close();
        passing = new();
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        listener.Stop();
        await accepting;
        foreach (var end in ends) end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                ends.Add(near);
                if (!passing.IsCancellationRequested) _ = PassAsync(near, passing.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task PassAsync(TcpClient near, CancellationToken cut)
    {
        try
        {
            var far = new TcpClient();
            ends.Add(far);
            await far.ConnectAsync(IPAddress.Loopback, target, cut);
            await Task.WhenAny(AskAsync(near, far, cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
            if (cut.IsCancellationRequested) return;
            near.Close();
            far.Close();
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Silent, or gone.
        }
    }

    /// <summary>A command is a list of texts.</summary>
    [GeneratedRegex(@"\*\d+\r\n\$")]
    private static partial Regex CommandStart();

    private async Task AskAsync(TcpClient near, TcpClient far, CancellationToken cut)
    {
        var buffer = new byte[65_536];
        while (await near.GetStream().ReadAsync(buffer, cut) is > 0 and var count)
        {
            if (lie is not { } bytes)
            {
                await far.GetStream().WriteAsync(buffer.AsMemory(0, count), cut);
                continue;
            }

            deceived.Add(near);
            for (var n = CommandStart().Count(Encoding.Latin1.GetString(buffer, 0, count)); n > 0; n--) await near.GetStream().WriteAsync(bytes, cut);
        }
    }
}
