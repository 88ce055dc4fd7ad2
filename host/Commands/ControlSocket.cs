using System.Net.Sockets;

namespace Platform.Host.Commands;

/// <summary>The socket in the data folder over which commands of this machine reach a running server; only the server's own user can open it.</summary>
public static class ControlSocket
{
    /// <summary>What the sockets of a site are called; several servers may share the folder.</summary>
    public const string Pattern = "control-*.sock";

    private const int LongestPath = 100;

    /// <summary>Where this process's socket goes; null where the path is longer than sockets can have.</summary>
    public static string? PathIn(string dataFolder)
    {
        var path = Path.Combine(dataFolder, Pattern.Replace("*", Environment.ProcessId.ToString(), StringComparison.Ordinal));
        return path.Length <= LongestPath ? path : null;
    }

    /// <summary>Keeps everybody else out of this process's socket.</summary>
    public static void Protect(string dataFolder)
    {
        if (!OperatingSystem.IsWindows() && PathIn(dataFolder) is { } path) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>A client of a socket.</summary>
    public static HttpClient Client(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { Timeout = TimeSpan.FromSeconds(60) };
}
