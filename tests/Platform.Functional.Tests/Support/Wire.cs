using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Platform.Functional.Tests;

/// <summary>
/// Lies between a server and its Redis, and can be cut: connections stay open but nothing passes, those of before for ever,
/// as where a network lost its memory of them.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> ends = [];
    private readonly int target;
    private readonly Task accepting;
    private CancellationTokenSource passing = new();

    internal Wire(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    internal string Connection => listener.LocalEndpoint.ToString()!;

    /// <summary>From now on nothing passes.</summary>
    internal void Cut() => passing.Cancel();

    /// <summary>New connections pass again.</summary>
    internal void Heal() => passing = new();

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
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
            if (cut.IsCancellationRequested) return;
            near.Close();
            far.Close();
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Silent, or gone.
        }
    }
}
