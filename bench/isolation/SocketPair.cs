using System.Net.Sockets;

namespace Platform.Bench.Isolation;

/// <summary>Two ends of a real socket.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(Socket host, Socket child) => (Host, Child) = (host, child);

    public Socket Host { get; }

    public Socket Child { get; }

    public static SocketPair Make()
    {
        var folder = Directory.CreateTempSubdirectory("frames-").FullName;
        try
        {
            var place = new UnixDomainSocketEndPoint(Path.Combine(folder, "s"));
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(place);
            listener.Listen(1);
            var child = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            child.Connect(place);
            return new(listener.Accept(), child);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose()
    {
        Host.Dispose();
        Child.Dispose();
    }
}
