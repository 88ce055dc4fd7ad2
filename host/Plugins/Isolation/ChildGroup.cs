using Platform.Host.Plugins.Isolation.Processes;
using Platform.Host.Plugins.Powers;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>
/// The plugins of one child process, usually one. A process that ends is started again at once, and calls wait for it within
/// their own deadlines; one that ends again and again is left alone until somebody lifts the quarantine.
/// </summary>
public sealed class ChildGroup(ChildPlan plan, ILogger logger)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Lock change = new();
    private readonly SemaphoreSlim starting = new(1);
    private readonly List<Member> members = [];
    private readonly HashSet<string> joined = new(StringComparer.Ordinal);
    private readonly CrashCount crashes = new(plan.CrashesUntilQuarantine);
    private readonly CancellationTokenSource stopping = new();
    private readonly PluginLog said = new(plan.Name, logger, TimeProvider.System);
    private TaskCompletionSource<PluginConnection> ready = Pending();
    private WatchedChild? child;
    private volatile PluginConnection? connection;
    private volatile string? state;

    /// <summary>What is the matter with the process: restarting, quarantined; null while it runs.</summary>
    public string? State => state;

    /// <summary>True once the process is gone for good.</summary>
    public bool IsGone => stopping.IsCancellationRequested;

    /// <summary>The process that serves now; null while there is none.</summary>
    public int? ProcessId => child?.Process.Id;

    /// <summary>What its plugins want to be sent of requests, beside what is always sent.</summary>
    internal RequestPart Wants { get; private set; }

    /// <summary>How long a helper may take.</summary>
    internal TimeSpan RenderTime => plan.RenderTime;

    /// <summary>The connection; null while there is none.</summary>
    internal PluginConnection? Connection => connection;

    /// <summary>Takes part; false where the process is gone for good, or has another version of the same.</summary>
    internal bool TryJoin(PluginSource source)
    {
        lock (change) return !stopping.IsCancellationRequested && joined.Add(source.Name);
    }

    /// <summary>Loads the code of one more source, into the process that is there or that is started for it.</summary>
    /// <returns>The version of the code, and its plugins.</returns>
    internal async Task<(string Version, IReadOnlyList<RemotePlugin> Plugins)> LoadAsync(PluginSource source, CancellationToken cancel)
    {
        await starting.WaitAsync(cancel);
        try
        {
            var to = members.Count > 0 ? await ConnectionAsync(cancel) : null;
            return await Task.Factory.StartNew(() => LoadFirst(to, source, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            starting.Release();
        }
    }

    private (string Version, IReadOnlyList<RemotePlugin> Plugins) LoadFirst(PluginConnection? to, PluginSource source, CancellationToken cancel)
    {
        var started = to is null ? Start(cancel) : null;
        try
        {
            var (names, version) = LoadRequest.Ask(to ?? started!.Connection, source, plan, StartLimit);
            cancel.ThrowIfCancellationRequested();
            var plugins = names.ConvertAll(name => new RemotePlugin(this, name));
            lock (change) members.Add(new(source, plugins));
            if (started is not null) Serve(started);
            return (version, plugins);
        }
        catch
        {
            started?.Connection.Dispose();
            started?.Dispose();
            throw;
        }
    }

    /// <summary>Takes part no more; with the last the process goes.</summary>
    internal async Task LeaveAsync(PluginSource source)
    {
        lock (change)
        {
            members.RemoveAll(member => member.Source == source);
            joined.Remove(source.Name);
            if (joined.Count > 0) return;
        }

        await StopAsync();
    }

    /// <summary>Ends a quarantine: the process is started again.</summary>
    public void Lift()
    {
        lock (change)
        {
            if (state != "quarantined") return;
            state = "restarting";
            crashes.Forget();
        }

        BeginRestart();
    }

    private async Task StopAsync()
    {
        WatchedChild? last;
        lock (change)
        {
            if (stopping.IsCancellationRequested) return;
            stopping.Cancel();
            (last, child, connection) = (child, null, null);
            ready.TrySetException(new RemoteException("the plugin goes"));
        }

        if (last is null) return;
        last.Connection.Dispose();
        await last.Process.EndedAsync(TimeSpan.FromSeconds(1));
        last.Dispose();
    }

    /// <summary>The connection, once there is one.</summary>
    /// <exception cref="RemoteException">There is going to be none.</exception>
    internal ValueTask<PluginConnection> ConnectionAsync(CancellationToken cancel) =>
        connection is { IsOpen: true } now ? new(now) : new(NextConnectionAsync(cancel));

    /// <summary>As <see cref="ConnectionAsync"/>, for a thread that waits.</summary>
    internal PluginConnection WaitForConnection(TimeSpan within)
    {
        if (connection is { IsOpen: true } now) return now;
        using var limit = new CancellationTokenSource(within);
        try
        {
            return NextConnectionAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new RemoteException($"its process is started again, which took longer than {within.TotalMilliseconds:0} ms");
        }
    }

    private async Task<PluginConnection> NextConnectionAsync(CancellationToken cancel)
    {
        while (true)
        {
            var next = await ready.Task.WaitAsync(cancel).ConfigureAwait(false);
            if (next.IsOpen) return next;
            // It has ended, and that is about to be known.
            await next.Over.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    internal void Log(string plugin, string level, string message)
    {
        var log = PluginOf(plugin)?.Log ?? said;
        log.Write(level switch { "debug" => PluginLogLevel.Debug, "warning" => PluginLogLevel.Warning, "error" => PluginLogLevel.Error, _ => PluginLogLevel.Information }, message);
    }

    internal void Purge(string plugin, IReadOnlyList<string> tags, Action<string?> done) => _ = PurgeAsync(plugin, tags, done);

    internal void Ended(WatchedChild which, string why)
    {
        lock (change)
        {
            if (child != which) return;
            (child, connection) = (null, null);
            if (stopping.IsCancellationRequested) return;
            (ready, state) = (Pending(), "restarting");
        }

        Recover(which, why);
    }

    private RemotePlugin? PluginOf(string name)
    {
        lock (change) return members.SelectMany(member => member.Plugins).FirstOrDefault(plugin => plugin.Name == name);
    }

    private static TaskCompletionSource<PluginConnection> Pending()
    {
        var pending = new TaskCompletionSource<PluginConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Somebody may or may not wait for it.
        _ = pending.Task.ContinueWith(static task => task.Exception, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously);
        return pending;
    }

    /// <summary>Ends what is left of a process and starts the next. On the thread that has read from it, which has nothing else to do: a pool under load would let it wait.</summary>
    private void Recover(WatchedChild which, string why)
    {
        var how = "it was ended";
        try
        {
            how = which.Process.Exit() is { } exit ? $"it ended with {exit}" : how;
            which.Dispose();
        }
        catch (Exception exception)
        {
            // Whatever could not be ended of it, the next one is needed.
            logger.LogError(exception, "plugin {Plugin}: what is left of its process could not be ended", plan.Name);
        }

        if (Crashed($"{which.Because ?? why} ({how})")) BeginRestart();
    }

    /// <summary>Counts a crash; false where it was one too many.</summary>
    private bool Crashed(string why)
    {
        why = why.TrimEnd('.');
        if (!crashes.Add())
        {
            logger.LogWarning("plugin {Plugin}: its process ended and is started again: {Why}", plan.Name, why);
            return true;
        }

        lock (change)
        {
            state = "quarantined";
            ready.TrySetException(new RemoteException($"quarantined after {plan.CrashesUntilQuarantine} crashes of its process within {CrashCount.Window.TotalSeconds:0} s; the last: {why}"));
        }

        logger.LogError("plugin {Plugin}: quarantined: its process ended {Count} times within {Seconds} s; the last: {Why}. It is not started again until its files change, or \"platform reload\" says so", plan.Name, plan.CrashesUntilQuarantine, CrashCount.Window.TotalSeconds, why);
        return false;
    }

    /// <summary>On a thread of its own from the first step to the last: a pool under load would let each of them wait.</summary>
    private void BeginRestart() => new Thread(Restart) { IsBackground = true, Name = "plugin restart" }.Start();

    private void Restart()
    {
        var pause = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            if (ready.Task.IsFaulted) lock (change) ready = Pending();
            WatchedChild? started = null;
            try
            {
                var from = Environment.TickCount64;
                started = Start(stopping.Token);
                StartAgain(started.Connection);
                if (Serve(started)) logger.LogInformation("plugin {Plugin}: its process is back after {Milliseconds} ms", plan.Name, Environment.TickCount64 - from);
                return;
            }
            catch (Exception exception)
            {
                started?.Connection.Dispose();
                started?.Dispose();
                if (stopping.IsCancellationRequested || !Crashed($"it can't be started again: {PluginException.MessageOf(exception)}")) return;
            }

            // The first time at once; one that can't start is not tried without a pause.
            Thread.Sleep(pause = TimeSpan.FromMilliseconds(Math.Clamp(pause.TotalMilliseconds * 2, 50, 5000)));
        }
    }

    private bool Serve(WatchedChild started)
    {
        lock (change)
        {
            if (stopping.IsCancellationRequested || started.HasEnded)
            {
                if (!stopping.IsCancellationRequested) _ = Task.Run(() => Recover(started, "it ended as soon as it was started"));
                else started.Dispose();
                return false;
            }

            (child, connection, state) = (started, started.Connection, null);
            ready.TrySetResult(started.Connection);
            return true;
        }
    }

    private void StartAgain(PluginConnection to)
    {
        Member[] all;
        lock (change) all = [.. members];
        foreach (var member in all)
        {
            var (names, _) = LoadRequest.Ask(to, member.Source, plan, StartLimit);
            if (!names.SequenceEqual(member.Plugins.Select(plugin => plugin.Name))) throw new RemoteException("its plugins are others than when it was started first");
            foreach (var plugin in member.Plugins) plugin.StartAgain(to, StartLimit);
        }
    }

    private void Print(string line)
    {
        if (!string.IsNullOrWhiteSpace(line)) said.Write(PluginLogLevel.Information, line);
    }

    private WatchedChild Start(CancellationToken cancel)
    {
        var process = ChildProcess.Start(plan, Print, cancel);
        Wants = process.Hello.Wants;
        return new WatchedChild(this, process, plan);
    }

    private async Task PurgeAsync(string plugin, IReadOnlyList<string> tags, Action<string?> done)
    {
        try
        {
            if (PluginOf(plugin)?.Config is not { } config) throw new RemoteException($"no plugin \"{plugin}\" is in service here");
            await config.Pages.PurgeAsync(tags, stopping.Token);
            done(null);
        }
        catch (Exception exception)
        {
            done(exception.Message);
        }
    }

    private sealed record Member(PluginSource Source, IReadOnlyList<RemotePlugin> Plugins);
}
