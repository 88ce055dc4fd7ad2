using System.Net.Sockets;
using System.Text;

namespace Platform.Host.Tests.Transport;

/// <summary>Requests and responses on a plain socket.</summary>
internal static class WireReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    internal static byte[] Get(string path, string more = "") => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\n{more}\r\n");

    internal static async Task<string> AskAsync(this Socket socket, string path)
    {
        await socket.SendAsync(Get(path));
        return Encoding.ASCII.GetString(await socket.ReadResponseAsync());
    }

    /// <summary>The body of the next response; of it, not one byte more is read.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="most">The most that is read at once.</param>
    internal static async Task<byte[]> ReadResponseAsync(this Socket socket, int most = 65_536)
    {
        using var limit = new CancellationTokenSource(Limit);
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || head[^1] != '\n' || head[^3] != '\n')
        {
            if (await socket.ReceiveAsync(one, limit.Token) == 0) throw new EndOfStreamException($"The head ended: {Encoding.ASCII.GetString([.. head])}");
            head.Add(one[0]);
        }

        var text = Encoding.ASCII.GetString([.. head]);
        Assert.StartsWith("HTTP/1.1 200 ", text, StringComparison.Ordinal);
        var length = text.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        var body = new byte[int.Parse(length["Content-Length: ".Length..])];
        for (var at = 0; at < body.Length;)
        {
            var count = await socket.ReceiveAsync(body.AsMemory(at, Math.Min(most, body.Length - at)), limit.Token);
            if (count == 0) throw new EndOfStreamException($"The body ended after {at} of {body.Length} bytes.");
            at += count;
        }

        return body;
    }

    /// <summary>The task, which ends soon or fails the test.</summary>
    internal static Task InTime(this Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>The task, which ends soon or fails the test.</summary>
    internal static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>True where the server ends the connection, orderly or not, without another byte.</summary>
    internal static async Task<bool> IsEndedAsync(this Socket socket)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return await socket.ReceiveAsync(new byte[1], limit.Token) == 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }
}
