using System.Buffers.Binary;
using System.Net.Sockets;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>Who takes what comes over a line. Called on the line's own thread, one frame after the other; it must not wait.</summary>
public interface IFrameReceiver
{
    /// <summary>A frame has come.</summary>
    /// <param name="head">What it is.</param>
    /// <param name="frame">Its JSON, of use until the call returns.</param>
    /// <exception cref="FrameException">It is not understood.</exception>
    void Receive(FrameHead head, ReadOnlySpan<byte> frame);

    /// <summary>A frame is not understood.</summary>
    void Refuse(string why);

    /// <summary>The line has ended; nothing comes any more.</summary>
    void Ended(string why);
}

/// <summary>
/// Frames over a socket, the same code at both ends. Frames that go out are gathered and sent together: one call of the system
/// for all that were written while the last was on its way, or until the pool's turn comes. Those that come are read by a thread of the line's own, so that an
/// answer arrives even where every other thread waits for one.
/// </summary>
public sealed class FrameLine(Socket socket, int largest, IFrameReceiver receiver) : IThreadPoolWorkItem, IDisposable
{
    private const int Prefix = 4;
    private const int FirstSize = 64 * 1024;
    private const int KeptSize = 1024 * 1024;
    private const int MostPending = FrameLimits.ToChild + FrameLimits.Beside;

    private readonly Lock outgoing = new();
    private byte[] pending = new byte[FirstSize];
    private byte[] leaving = new byte[FirstSize];
    private int pendingLength;
    private bool isFlushing;
    private volatile bool isClosed;

    /// <summary>False once nothing goes out any more.</summary>
    public bool IsOpen => !isClosed;

    /// <summary>Frames that have come.</summary>
    public long Received { get; private set; }

    /// <summary>Begins to read.</summary>
    public void Start(string name)
    {
        // One that does not read what it is sent holds a thread no longer than this.
        socket.SendTimeout = 2000;
        new Thread(Run, 256 * 1024) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Sends a frame, with others that are written meanwhile.</summary>
    /// <param name="frame">The frame's JSON, copied.</param>
    /// <param name="atOnce">True where a thread waits for what comes of it; else it leaves behind what the pool has to do now, which often is to write more.</param>
    /// <returns>False where the frame has not left: the line has ended, or the other end takes nothing any more.</returns>
    public bool Send(ReadOnlySpan<byte> frame, bool atOnce)
    {
        lock (outgoing)
        {
            if (isClosed) return false;
            var length = Prefix + frame.Length;
            if (pendingLength + length > MostPending)
            {
                Dispose();
                return false;
            }

            if (pendingLength + length > pending.Length) Array.Resize(ref pending, Math.Max(pendingLength + length, pending.Length * 2));
            BinaryPrimitives.WriteInt32BigEndian(pending.AsSpan(pendingLength), frame.Length);
            frame.CopyTo(pending.AsSpan(pendingLength + Prefix));
            pendingLength += length;
            if (isFlushing) return true;
            isFlushing = true;
        }

        if (atOnce) return Flush();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    void IThreadPoolWorkItem.Execute() => Flush();

    /// <summary>Ends the line from this end.</summary>
    public void Dispose()
    {
        isClosed = true;
        try
        {
            // Wakes the thread that reads.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other end was faster.
        }

        socket.Dispose();
    }

    private bool Flush()
    {
        while (true)
        {
            int length;
            lock (outgoing)
            {
                if (pendingLength == 0 || isClosed)
                {
                    isFlushing = false;
                    return !isClosed;
                }

                (pending, leaving, length) = (leaving.Length > KeptSize ? new byte[FirstSize] : leaving, pending, pendingLength);
                pendingLength = 0;
            }

            try
            {
                for (var sent = 0; sent < length;) sent += socket.Send(leaving.AsSpan(sent, length - sent));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                Dispose();
            }
        }
    }

    private void Run()
    {
        string why;
        try
        {
            why = ReceiveAll();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            why = "the connection was closed";
        }

        Dispose();
        receiver.Ended(why);
    }

    private string ReceiveAll()
    {
        var (buffer, begin, end) = (new byte[FirstSize], 0, 0);
        while (true)
        {
            if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var count = socket.Receive(buffer.AsSpan(end));
            if (count == 0) return "the connection was closed";
            end += count;
            while (end - begin >= Prefix)
            {
                var length = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(begin));
                if (length == 0 || length > largest) return $"a frame says it is {length:N0} bytes long; expected 1 to {largest:N0}";
                if (end - begin < Prefix + (int)length) break;
                Take(buffer.AsSpan(begin + Prefix, (int)length));
                if (isClosed) return "the connection was closed";
                begin += Prefix + (int)length;
            }

            // What is left is the beginning of a frame; it moves to the front, and a buffer that grew for a large one goes.
            var rest = end - begin;
            var isLarge = buffer.Length > KeptSize && rest < FirstSize;
            var to = isLarge ? new byte[FirstSize] : buffer;
            if (begin > 0 || isLarge) buffer.AsSpan(begin, rest).CopyTo(to);
            (buffer, begin, end) = (to, 0, rest);
        }
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        Received++;
        try
        {
            receiver.Receive(FrameHead.Read(frame), frame);
        }
        catch (Exception exception)
        {
            // Foreign bytes: what reading them may throw is more than anybody can list, and nobody above would catch it.
            receiver.Refuse(exception.Message.ReplaceLineEndings(" "));
        }
    }
}
