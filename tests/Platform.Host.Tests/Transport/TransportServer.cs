using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Host.Transport;

namespace Platform.Host.Tests.Transport;

/// <summary>Kestrel over the event loops, with an application that reads and writes as the tests need it.</summary>
internal sealed class TransportServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private static readonly byte[] Stored = Bytes(6000);

    private TransportServer(IPAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(address, 0);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddSingleton<IConnectionListenerFactory, LoopTransport>();
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Ends once a handler has begun that waits for <see cref="Gate"/>.</summary>
    internal TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What handlers wait for.</summary>
    internal TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the visitor of a handler has gone.</summary>
    internal TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal int Port { get; private set; }

    internal static async Task<TransportServer> StartAsync(IPAddress? address = null)
    {
        var server = new TransportServer(address ?? IPAddress.Loopback);
        await server.app.StartAsync();
        server.Port = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    /// <summary>Bytes that are the same for the same length, and hold no period.</summary>
    internal static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    internal async Task<Socket> ConnectAsync(Action<Socket>? prepare = null, IPAddress? address = null)
    {
        var socket = new Socket((address ?? IPAddress.Loopback).AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        prepare?.Invoke(socket);
        await socket.ConnectAsync(address ?? IPAddress.Loopback, Port);
        return socket;
    }

    internal Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        switch (request.Path.Value)
        {
            case "/thread":
                await WriteAsync(response, Thread.CurrentThread.Name ?? "");
                break;
            case "/addresses":
                await WriteAsync(response, $"{http.Connection.LocalIpAddress} {http.Connection.RemoteIpAddress}");
                break;
            case "/hold":
                using (http.RequestAborted.Register(() => Aborted.TrySetResult()))
                {
                    Entered.TrySetResult();
                    await Gate.Task;
                    await WriteAsync(response, "held");
                }

                break;
            case "/sum":
                Entered.TrySetResult();
                await Gate.Task;
                await WriteAsync(response, Convert.ToHexString(await SHA256.HashDataAsync(request.Body)));
                break;
            case "/stored":
                response.ContentLength = Stored.Length;
                await response.BodyWriter.WriteAsync(Stored);
                break;
            case "/whole":
                var whole = Bytes(int.Parse(request.QueryString.Value![1..]));
                response.ContentLength = whole.Length;
                await response.BodyWriter.WriteAsync(whole);
                break;
            case "/pieces":
                var pieces = Bytes(int.Parse(request.QueryString.Value![1..]));
                response.ContentLength = pieces.Length;
                for (var at = 0; at < pieces.Length; at += 50_000)
                {
                    var write = response.BodyWriter.WriteAsync(pieces.AsMemory(at, Math.Min(50_000, pieces.Length - at)));
                    if (!write.IsCompleted) Entered.TrySetResult();
                    await write;
                }

                break;
            case "/abort":
                response.ContentLength = 10;
                await response.BodyWriter.WriteAsync("begun"u8.ToArray());
                http.Abort();
                break;
            default:
                await WriteAsync(response, request.Path.Value ?? "");
                break;
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text)
    {
        response.ContentLength = text.Length;
        await response.BodyWriter.WriteAsync(Encoding.ASCII.GetBytes(text));
    }
}
