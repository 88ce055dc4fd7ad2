using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Host.Configuration;
using Platform.Host.Redis;

namespace Platform.Host.Tests.Redis;

/// <summary>Listens where a client expects a Redis, and answers each command as a test wants it. Greetings are answered as Redis does, unless the test does.</summary>
internal sealed class FakeRedis : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string[], Socket, Task<bool>> answer;
    private readonly List<Task> visits = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    /// <summary>Listens at once.</summary>
    /// <param name="answer">Answers a command on a connection. Returns false where it has not.</param>
    internal FakeRedis(Func<string[], Socket, Task<bool>> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    internal HostPort Endpoint => new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

    /// <summary>One that answers every command, greetings aside, with bytes of its choice.</summary>
    internal static FakeRedis Saying(Func<string[], string> answer) => new(async (words, socket) =>
    {
        if (words[0] is "PING" or "CLIENT" or "SUBSCRIBE") return false;
        await socket.SendAsync(Replies.Bytes(answer(words)));
        return true;
    });

    internal Task<RedisConnection> ConnectAsync(Func<RedisConnectionOptions, RedisConnectionOptions>? with = null) =>
        RedisConnection.OpenAsync((with ?? (same => same))(new(Endpoint)), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(visits);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) visits.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var own = socket;
        // Commands are lists of texts: what reads replies reads them too.
        var reader = new RespReader { MaxBytes = int.MaxValue };
        var buffer = new byte[65_536];
        try
        {
            while (await socket.ReceiveAsync(buffer, stop.Token) is > 0 and var count)
            {
                ReadOnlyMemory<byte> left = buffer.AsMemory(0, count);
                while (Next(reader, ref left) is { } words)
                {
                    if (!await answer(words, socket).WaitAsync(stop.Token)) await socket.SendAsync(Replies.Bytes(Usual(words)));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The visitor or the test has ended it.
        }
    }

    private static string[]? Next(RespReader reader, ref ReadOnlyMemory<byte> left)
    {
        var rest = left.Span;
        var isRead = reader.TryRead(ref rest, out var command);
        left = left[^rest.Length..];
        return isRead ? [.. command!.AsList().Select(word => Encoding.UTF8.GetString(word.AsBytes()!))] : null;
    }

    private static string Usual(string[] words) => words[0] switch
    {
        "PING" => "+PONG\r\n",
        "SUBSCRIBE" => $"*3\r\n$9\r\nsubscribe\r\n${words[1].Length}\r\n{words[1]}\r\n:1\r\n",
        "AUTH" or "SELECT" or "CLIENT" => "+OK\r\n",
        _ => throw new InvalidOperationException($"The test has no answer to {words[0]}."),
    };
}
