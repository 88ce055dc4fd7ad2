using System.Net.Sockets;
using System.Text;

namespace Platform.Functional.Tests;

/// <summary>A connection on which any bytes can be sent, as no well-behaved client would.</summary>
internal static class RawConnection
{
    /// <summary>Sends the bytes (each character one byte) and reads until the server closes or falls silent.</summary>
    internal static async Task<string> ExchangeAsync(Uri server, string bytes, TimeSpan? patience = null)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = socket.GetStream();
        var answer = new MemoryStream();
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(15));
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), limit.Token);
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Closed while the rest was still being sent, or left open: what was answered until then counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>A GET of this target, sent exactly as written, and the whole answer.</summary>
    internal static Task<string> GetAsync(Uri server, string target, string host = "127.0.0.1") =>
        ExchangeAsync(server, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

    /// <summary>The status of an answer; 0 where there was none.</summary>
    internal static int StatusOf(string answer) =>
        answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3)) : 0;
}
