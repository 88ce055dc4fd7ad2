using Platform.Host.Configuration;
using Platform.Host.Pipeline;
using Platform.Host.Plugins;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Platform.Host.Commands;

/// <summary>The log: console and a rolling file, behind a bounded queue that drops rather than lets a page wait.</summary>
public sealed class SiteLog : IDisposable
{
    private const int QueueSize = 10_000;

    private readonly Logger logger;
    private readonly LogQueue queue = new();
    private readonly LoggingLevelSwitch level;

    /// <summary>Opens the log.</summary>
    public SiteLog(SiteOptions options)
    {
        var logging = options.Logging;
        level = new(LevelOf(logging.Level));
        var configuration = new LoggerConfiguration().MinimumLevel.ControlledBy(level).MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // It says nothing that is not said elsewhere, but would make up an activity and a scope for each request.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off);
        configuration.WriteTo.Async(
            sinks =>
            {
                if (logging.Console) sinks.Console(new LogLine());
                if (logging.File.Length > 0) sinks.File(new LogLine(), options.PathOf(logging.File), rollingInterval: RollingInterval.Day, retainedFileCountLimit: logging.MaxFiles, fileSizeLimitBytes: logging.MaxFileBytes, rollOnFileSizeLimit: true, shared: true);
            },
            bufferSize: QueueSize,
            blockWhenFull: false,
            monitor: queue);
        configuration.WriteTo.Sink(new PluginLogSink(PluginLines));
        logger = configuration.CreateLogger();
        Factory = new SerilogLoggerFactory(logger);
    }

    /// <summary>Makes the loggers of the parts.</summary>
    public ILoggerFactory Factory { get; }

    /// <summary>The last lines about each plugin.</summary>
    public PluginLogLines PluginLines { get; } = new();

    /// <summary>Lines that were dropped.</summary>
    public long Dropped => queue.Dropped;

    /// <summary>The access lines' own log: the same places, but a file of its own.</summary>
    public AccessLog Access(SiteOptions options)
    {
        var logging = options.Logging;
        var outputs = new List<IAccessOutput>();
        if (logging.AccessFile.Length > 0) outputs.Add(new RollingFile(options.PathOf(logging.AccessFile), logging.MaxFileBytes, logging.MaxFiles, TimeProvider.System));
        if (logging.Console) outputs.Add(new ConsoleOutput());
        return new(outputs, Factory.CreateLogger("access"));
    }

    /// <summary>Takes another level into force.</summary>
    public void Use(LoggingOptions logging) => level.MinimumLevel = LevelOf(logging.Level);

    /// <summary>Writes what is left.</summary>
    public void Dispose()
    {
        Factory.Dispose();
        logger.Dispose();
    }

    private static LogEventLevel LevelOf(LogLevel configured) => configured switch
    {
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };
}
