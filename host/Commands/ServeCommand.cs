using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Platform.Host.Api;
using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Generations;
using Platform.Host.Pipeline;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Powers;
using Platform.Host.Security;
using Platform.Host.StaticFiles;
using Platform.Host.Transport;

namespace Platform.Host.Commands;

/// <summary>Serves a site: configuration, first generation, pipeline, run.</summary>
public static class ServeCommand
{
    /// <summary>Runs until asked to stop.</summary>
    /// <returns>0 after an orderly stop, 1 where the site or the addresses do not allow a start, or the connections could not be served any longer.</returns>
    public static async Task<int> RunAsync(string configFile, string? urls, CancellationToken cancel)
    {
        try
        {
            return await ServeAsync(configFile, urls, cancel);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException)
        {
            return await RefuseAsync([new(Path.GetFileName(configFile), 0, 0, $"the server can't start: {exception.Message} Look at server.urls and server.data_folder.")]);
        }
    }

    private static async Task<int> ServeAsync(string configFile, string? urls, CancellationToken cancel)
    {
        var site = new SiteFolder(configFile);
        var (environment, options) = (SiteEnvironment.Variables(), SiteEnvironment.Options(urls));
        var configuration = ConfigurationReader.Read(site.ConfigFile, environment, options);
        if (configuration.Options is not { } first) return await RefuseAsync(configuration.Problems);

        using var log = new SiteLog(first);
        var (logger, time) = (log.Factory.CreateLogger("platform"), TimeProvider.System);
        using var watchdog = new PluginWatchdog();
        using var process = new ProcessState(log.Factory.CreateLogger("plugins"));
        var assets = new AssetUrls();
        var signer = new Signer(SiteSecret.Load(first.Auth.SecretKey.Value, first.PathOf(first.Server.DataFolder)));
        await using var pages = new PageStore(signer, time, log.Factory.CreateLogger("redis"));
        pages.Configure(first.Cache, first.Redis);
        var setup = new PluginSetup(watchdog, new HostPages(pages), time, log.Factory.CreateLogger("plugins"));
        var builder = new GenerationBuilder(site, environment, options, new PluginLoader(setup), assets, logger);
        var state = SiteState.Take(site);
        var (generations, problems) = await FirstAsync(builder, logger);
        if (generations is null) return await RefuseAsync(problems);
        foreach (var problem in problems) ProblemText.Write(logger, problem);

        await using var access = log.Access(first);
        var health = new HealthHandler(pages, setup.Unloading.Ledger, () => access.Dropped + log.Dropped);
        var plugins = new PluginControl(site, generations, log.PluginLines);
        var control = new ControlHandler(pages, health, plugins);
        var door = new Door(generations, new VisitorCookie(signer, time), Pipeline(pages, access, health, signer, time, logger), control);

        DataFolder.Create(first.PathOf(first.Server.DataFolder));
        var socket = new ControlSocket(first.PathOf(first.Server.DataFolder));
        if (!socket.IsPossible) logger.LogWarning("server.data_folder: its path is too long for a control socket; \"platform reload\", \"status\" and \"cache clear\" can't reach this server");
        await using var app = Listener.Build(site, first, socket, log.Factory);
        app.Run(door.InvokeAsync);
        await app.StartAsync(cancel);
        socket.Protect();
        var watcher = new SiteWatcher(site, state, builder, generations, pages, logger);
        watcher.Swapped += next => log.Use(next.Options.Logging);
        control.Reload = plugins.Reload = watcher.ReloadAsync;
        pages.Cleared += () =>
        {
            foreach (var plugin in generations.Current.Plugins.Plugins) plugin.ClearGlobalData();
        };

        foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Where(a => a.StartsWith("http://", StringComparison.Ordinal) && !a.Contains("unix:", StringComparison.Ordinal)))
        {
            Console.WriteLine($"listening on {address}");
        }

        await app.WaitForShutdownAsync(cancel);
        await watcher.DisposeAsync();
        await generations.DisposeAsync();
        return app.Services.GetServices<IConnectionListenerFactory>().OfType<LoopTransport>().Any(transport => transport.HasFailed) ? 1 : 0;
    }

    /// <summary>The first generation in force. It is held by nobody else: whoever runs as long as the server would keep its plugins for as long.</summary>
    private static async Task<(GenerationStore? Generations, IReadOnlyList<Problem> Problems)> FirstAsync(GenerationBuilder builder, ILogger logger) =>
        await builder.BuildAsync(null) is var (first, problems) && first is not null ? (new(first, logger), problems) : (null, problems);

    private static PageDelegate Pipeline(PageStore pages, AccessLog access, HealthHandler health, Signer signer, TimeProvider time, ILogger logger)
    {
        var errors = new ErrorPage(time, logger);
        var (requests, unknown, rights) = (new PluginRequests(), new UnknownPaths(), new TicketRights());
        var gate = new WarningGate(signer, errors, time);
        return new PagePipeline(
            next => new LoggingMiddleware(next, access, errors, logger),
            next => new IpAccessMiddleware(next, gate, errors),
            (next, slot) => new PluginMiddleware(next, slot, requests, errors),
            next => new CacheMiddleware(next, pages, new PageValidity(requests), logger),
            next => new ThemeMiddleware(next),
            next => new RouteMiddleware(next, unknown, errors, logger),
            next => new ContextDataMiddleware(next, requests, errors, time, logger),
            next => new AuthMiddleware(next, rights, errors),
            new PageHandler(requests, unknown, errors, time, logger),
            new StaticFileHandler(errors),
            health,
            new ApiHandler(requests)).Build();
    }

    private static async Task<int> RefuseAsync(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems) await Console.Error.WriteLineAsync(ProblemText.Of(problem));
        await Console.Error.WriteLineAsync("platform: not started");
        return 1;
    }
}
