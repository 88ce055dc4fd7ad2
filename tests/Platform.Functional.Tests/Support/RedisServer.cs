using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Platform.Host.Configuration;

namespace Platform.Functional.Tests;

/// <summary>A real redis-server on a free port, that can be killed and started again.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pf-redis-");
    private Process? process;

    internal int Port { get; private set; }

    internal HostPort Endpoint => new("127.0.0.1", Port);

    internal string Connection => $"{Endpoint}";

    internal static async Task<RedisServer> StartAsync()
    {
        var redis = new RedisServer();
        for (var turn = 0; turn < 5; turn++)
        {
            redis.Port = FreePort();
            if (await redis.TryRunAsync()) return redis;
        }

        throw new InvalidOperationException("redis-server could not be started on any of five free ports.");
    }

    /// <summary>A port on which nobody listens at the moment.</summary>
    internal static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Lets the process stand still: connections stay open, nothing answers.</summary>
    internal void Freeze() => Signal.Send(process!.Id, Signal.Stop);

    internal void Thaw() => Signal.Send(process!.Id, Signal.Continue);

    internal async Task RestartAsync() => Assert.True(await TryRunAsync(), $"redis-server could not be started again on port {Port}.");

    /// <summary>What redis-cli prints for a command.</summary>
    internal async Task<string> AskAsync(params string[] command)
    {
        var start = new ProcessStartInfo("redis-cli", ["-p", $"{Port}", .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var client = Process.Start(start)!;
        var answer = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return answer.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await KillAsync();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> TryRunAsync()
    {
        process?.Dispose();
        process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.FullName]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var deadline = DateTime.UtcNow + Eventually.Limit;
        while (!process.HasExited && DateTime.UtcNow < deadline && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return true;
        }

        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        await errors;
        return false;
    }
}
