using System.Buffers;
using System.Net.Sockets;

namespace Platform.Host.Redis;

/// <summary>Commands on their way out that the network has not taken yet. Not for several threads at once.</summary>
/// <param name="socket">Where they go; one that never blocks.</param>
internal sealed class UnsentBytes(Socket socket)
{
    private const int Usual = 65_536;
    private const int LargestKept = 16 * Usual;

    private ArrayBufferWriter<byte> output = new(Usual);
    private int sent;

    /// <summary>How many they are.</summary>
    internal int Count => output.WrittenCount - sent;

    /// <summary>Adds a command.</summary>
    internal void Add(RedisCommand command) => command.WriteTo(output);

    /// <summary>Sends as many as the network takes; false where some are left that it will take later.</summary>
    internal bool TrySend()
    {
        while (Count > 0)
        {
            var count = socket.Send(output.WrittenSpan[sent..], SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                ForgetSent();
                return false;
            }

            // The connection is lost: whoever receives hears of it too, and says so to all who wait.
            if (error != SocketError.Success) return true;
            sent += count;
        }

        sent = 0;
        if (output.Capacity > LargestKept) output = new(Usual);
        else output.ResetWrittenCount();
        return true;
    }

    /// <summary>Keeps no more than twice what is still to be sent.</summary>
    private void ForgetSent()
    {
        if (sent < Usual || sent < Count) return;
        var rest = new ArrayBufferWriter<byte>(Usual);
        rest.Write(output.WrittenSpan[sent..]);
        (output, sent) = (rest, 0);
    }
}
