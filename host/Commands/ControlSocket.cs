using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Host.Api;

namespace Platform.Host.Commands;

/// <summary>The socket in the data folder over which commands of this machine reach a running server; only the server's own user can open it.</summary>
public sealed class ControlSocket(string dataFolder)
{
    /// <summary>What the sockets of a site are called; several servers may share the folder.</summary>
    public const string Pattern = "control-*.sock";

    private const int LongestPath = 100;

    private readonly string path = Path.Combine(dataFolder, Pattern.Replace("*", $"{Environment.ProcessId}-{Random.Shared.Next():x8}", StringComparison.Ordinal));

    /// <summary>False where the path is longer than those of sockets can be.</summary>
    public bool IsPossible => path.Length <= LongestPath;

    /// <summary>Listens on it; what comes in by it is marked, and nothing else is.</summary>
    public void Listen(KestrelServerOptions kestrel) => kestrel.ListenUnixSocket(path, endpoint => endpoint.Use(next => connection =>
    {
        connection.Features.Set(ControlConnection.Instance);
        return next(connection);
    }));

    /// <summary>Keeps everybody else out.</summary>
    public void Protect()
    {
        if (!OperatingSystem.IsWindows() && IsPossible) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
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
