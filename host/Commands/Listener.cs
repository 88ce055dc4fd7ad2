using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Host.Configuration;
using Platform.Host.Transport;

namespace Platform.Host.Commands;

/// <summary>Kestrel, with every limit set: nothing of the environment but PLATFORM_ variables changes it.</summary>
public static class Listener
{
    /// <summary>A server that listens where the options say, and on the control socket.</summary>
    public static WebApplication Build(SiteFolder site, SiteOptions options, ControlSocket control, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "platform", ContentRootPath = site.Root });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddLogging();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Server.Shutdown);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, control));
        // The last that can serve an address does: TCP goes to the loops, the control socket to Kestrel's own.
        if (options.Server.InlineHits && LoopTransport.IsPossible) builder.Services.AddSingleton<IConnectionListenerFactory, LoopTransport>();
        return builder.Build();
    }

    private static void Configure(KestrelServerOptions kestrel, SiteOptions options, ControlSocket control)
    {
        var (server, limits) = (options.Server, kestrel.Limits);
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        limits.MaxConcurrentConnections = server.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = 64;
        limits.MaxRequestBodySize = server.MaxBodyBytes;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        foreach (var url in server.Urls) Listen(kestrel, url);
        if (control.IsPossible) control.Listen(kestrel);
    }

    private static void Listen(KestrelServerOptions kestrel, ListenUrl url)
    {
        if (IPAddress.TryParse(url.Host, out var address)) kestrel.Listen(address, url.Port);
        else if (url.Host != "localhost") kestrel.ListenAnyIP(url.Port);
        else if (url.Port == 0) kestrel.Listen(IPAddress.Loopback, 0);
        else kestrel.ListenLocalhost(url.Port);
    }
}
