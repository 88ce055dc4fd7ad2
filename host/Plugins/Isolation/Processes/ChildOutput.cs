using System.Text;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>What a child prints, line by line. A line without an end is cut, so nothing of it is kept for long.</summary>
internal static class ChildOutput
{
    private const int LongestLine = 4096;

    /// <summary>Bytes in each <see cref="Turn"/>; one that prints more waits for its pipe, and costs the server nothing.</summary>
    private const int MostInTurn = 256 * 1024;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads a stream to its end.</summary>
    internal static void Read(Stream stream, Action<string> line) => _ = ReadAsync(stream, line);

    private static async Task ReadAsync(Stream stream, Action<string> line)
    {
        await using var own = stream;
        var (inTurn, turn) = (0, Environment.TickCount64);
        var (bytes, letters, decoder) = (new byte[8192], new char[8193], Encoding.UTF8.GetDecoder());
        var (rest, isCut) = (new StringBuilder(), false);
        try
        {
            for (int count; (count = await stream.ReadAsync(bytes)) > 0;)
            {
                if (Environment.TickCount64 - turn >= Turn.TotalMilliseconds) (inTurn, turn) = (0, Environment.TickCount64);
                if ((inTurn += count) >= MostInTurn) await Task.Delay(Turn);
                var length = decoder.GetChars(bytes, 0, count, letters, 0);
                for (var at = 0; at < length;)
                {
                    var end = letters.AsSpan(at, length - at).IndexOf('\n');
                    var part = letters.AsSpan(at, end < 0 ? length - at : end);
                    if (!isCut) rest.Append(part[..Math.Min(part.Length, LongestLine - rest.Length)]);
                    isCut = rest.Length >= LongestLine;
                    at += part.Length + (end < 0 ? 0 : 1);
                    if (end < 0) continue;
                    line(rest.ToString().TrimEnd('\r'));
                    rest.Clear();
                    isCut = false;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It ends as it ends.
        }

        if (rest.Length > 0) line(rest.ToString());
    }
}
