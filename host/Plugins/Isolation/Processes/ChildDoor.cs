using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Host.Security;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>The socket at which one child is awaited: only this user can open it, and it goes once the child is in.</summary>
internal sealed class ChildDoor : IDisposable
{
    private const int LongestPath = 100;
    private const int LongestHello = 4096;

    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string? ownFolder;

    internal ChildDoor(string folder)
    {
        Path = System.IO.Path.Combine(folder, $"plugin-{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}.sock");
        if (Path.Length > LongestPath)
        {
            // Only its owner may look into such a folder.
            ownFolder = Directory.CreateTempSubdirectory("plugin-").FullName;
            Path = System.IO.Path.Combine(ownFolder, "sock");
        }
        else
        {
            DataFolder.Create(folder);
        }

        listener.Bind(new UnixDomainSocketEndPoint(Path));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        listener.Listen(4);
    }

    /// <summary>Where it is.</summary>
    internal string Path { get; }

    /// <summary>Waits for the child; whoever does not know the token is sent away.</summary>
    /// <exception cref="PluginStartException">Nobody came who knows it.</exception>
    internal (Socket Socket, ChildHello Hello) Accept(string token, TimeSpan within, Func<string?> ended, CancellationToken cancel)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        var sentAway = "";
        while (Environment.TickCount64 < until)
        {
            cancel.ThrowIfCancellationRequested();
            if (!listener.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            {
                if (ended() is { } why) throw new PluginStartException($"{why}{sentAway}.");
                continue;
            }

            var socket = listener.Accept();
            try
            {
                var hello = Hello(socket, (int)Math.Max(1, until - Environment.TickCount64));
                if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hello.Token), Encoding.UTF8.GetBytes(token))) throw new FrameException("its token is not the one it was given");
                if (hello.Protocol != ChildHello.Spoken) throw new PluginStartException($"it speaks protocol {hello.Protocol}; this server speaks {ChildHello.Spoken}.");
                socket.ReceiveTimeout = 0;
                return (socket, hello);
            }
            catch (Exception exception) when (exception is FrameException or SocketException or JsonException or InvalidOperationException)
            {
                socket.Dispose();
                sentAway = $"; a connection was refused: {exception.Message}";
            }
        }

        throw new PluginStartException($"it did not say hello within {within.TotalSeconds:0} s{sentAway}.");
    }

    public void Dispose()
    {
        listener.Dispose();
        File.Delete(Path);
        if (ownFolder is not null) Directory.Delete(ownFolder, recursive: true);
    }

    private static ChildHello Hello(Socket socket, int withinMs)
    {
        socket.ReceiveTimeout = withinMs;
        var length = new byte[4];
        Fill(socket, length);
        var size = BinaryPrimitives.ReadUInt32BigEndian(length);
        if (size is 0 or > LongestHello) throw new FrameException($"its hello says it is {size:N0} bytes long; expected 1 to {LongestHello}");
        var frame = new byte[size];
        Fill(socket, frame);
        if (FrameHead.Read(frame).Type != FrameType.Hello) throw new FrameException("its first frame is no hello");
        var (protocol, token, wants) = (0, "", RequestPart.None);
        var reader = FrameHead.Reader(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "protocol"u8)) protocol = FrameMember.Whole(ref reader);
            else if (FrameMember.Is(ref reader, "token"u8)) token = FrameMember.Text(ref reader, 256);
            else if (FrameMember.Is(ref reader, "wants"u8)) wants = RequestParts.Read(ref reader).Parts;
            else FrameMember.Pass(ref reader);
        }

        return new(protocol, token, wants & RequestParts.Asked);
    }

    private static void Fill(Socket socket, byte[] bytes)
    {
        for (var have = 0; have < bytes.Length;)
        {
            var count = socket.Receive(bytes.AsSpan(have));
            if (count == 0) throw new FrameException("it hung up");
            have += count;
        }
    }
}
