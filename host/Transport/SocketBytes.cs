using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Platform.Host.Transport;

/// <summary>Bytes from and to a socket that never waits.</summary>
internal static class SocketBytes
{
    /// <summary>Reads what is there; 0 at the end of the stream, -1 on an error, which is the thread's last.</summary>
    public static unsafe int Receive(int socket, Memory<byte> memory)
    {
        using var pinned = memory.Pin();
        return (int)Libc.Receive(socket, (byte*)pinned.Pointer, memory.Length, 0);
    }

    /// <summary>Sends what the socket takes of it; 0 where it is full.</summary>
    public static unsafe long Send(int socket, in ReadOnlySequence<byte> bytes)
    {
        if (!bytes.IsSingleSegment) return SendPieces(socket, bytes);
        using var pinned = bytes.First.Pin();
        while (true)
        {
            var sent = Libc.Send(socket, (byte*)pinned.Pointer, (nint)bytes.Length, Libc.NoSignal);
            if (sent >= 0 || !IsToBeTriedAgain()) return Math.Max(0, sent);
        }
    }

    private static unsafe long SendPieces(int socket, in ReadOnlySequence<byte> bytes)
    {
        var count = 0;
        var pins = new Pins();
        var pieces = stackalloc Libc.Piece[Pins.Most];
        foreach (var segment in bytes)
        {
            if (segment.IsEmpty) continue;
            pins[count] = segment.Pin();
            pieces[count] = new() { Start = (byte*)pins[count].Pointer, Length = segment.Length };
            if (++count == Pins.Most) break;
        }

        try
        {
            while (true)
            {
                var message = new Libc.Message { Pieces = pieces, PieceCount = count };
                var sent = Libc.SendMessage(socket, &message, Libc.NoSignal);
                if (sent >= 0 || !IsToBeTriedAgain()) return Math.Max(0, sent);
            }
        }
        finally
        {
            for (var i = 0; i < count; i++) pins[i].Dispose();
        }
    }

    /// <summary>After a call that failed: true where a signal came in between, false where the socket is full.</summary>
    private static bool IsToBeTriedAgain()
    {
        var error = Marshal.GetLastPInvokeError();
        if (error is Libc.TryAgain or Libc.Interrupted) return error == Libc.Interrupted;
        throw Error(error, "send");
    }

    /// <summary>What the server understands of an error.</summary>
    public static IOException Error(int error, string call)
    {
        var message = $"{call}: {Marshal.GetPInvokeErrorMessage(error)}";
        return error is Libc.ConnectionReset or Libc.BrokenPipe ? new ConnectionResetException(message) : new IOException(message);
    }

    /// <summary>Holds what is being sent in its place; memory of the server's own pool never moves, and costs nothing here.</summary>
    [InlineArray(Most)]
    private struct Pins
    {
        public const int Most = 16;

        private MemoryHandle first;
    }
}
