using Platform.Host.Plugins.Isolation.Processes;

namespace Platform.Host.Plugins.Isolation;

/// <summary>
/// The process of a group, kept alive: one that ends is started again at once, and calls wait for it within their own deadlines;
/// one that hangs again is left alone for a while, and one that ends again and again until somebody lifts the quarantine.
/// </summary>
/// <param name="group">Whose plugins run in it.</param>
/// <param name="plan">How it is started.</param>
/// <param name="spares">Has the next one ready.</param>
/// <param name="logger">Hears what becomes of it.</param>
internal sealed class KeptProcess(ChildGroup group, ChildPlan plan, SpareProcesses spares, ILogger logger)
{
    private readonly Lock change = new();
    private readonly CrashCount crashes = new();
    private readonly CrashCount hangs = new();
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource<PluginConnection> ready = Pending();
    private WatchedChild? child;
    private volatile PluginConnection? connection;
    private volatile string? state;
    private volatile string? refusal;

    /// <summary>What is the matter with it: restarting, quarantined; null while it runs.</summary>
    internal string? State => state;

    /// <summary>Why calls fail at once: it is not about to be started; null where they may wait for it.</summary>
    internal string? Refusal => refusal;

    /// <summary>True once there was one: it is there, or is being started again.</summary>
    internal bool HasServed { get; private set; }

    /// <summary>Cancelled once it is gone for good.</summary>
    internal CancellationToken Gone => stopping.Token;

    /// <summary>The process that serves now; null while there is none.</summary>
    internal int? Id => child?.Process.Id;

    /// <summary>The connection; null while there is none.</summary>
    internal PluginConnection? Connection => connection;

    /// <summary>Ends a quarantine: the process is started again.</summary>
    internal void Lift()
    {
        lock (change)
        {
            if (state != "quarantined") return;
            state = "restarting";
            crashes.Forget();
            hangs.Forget();
        }

        BeginRestart(TimeSpan.Zero);
    }

    /// <summary>Ends it for good.</summary>
    internal async Task StopAsync()
    {
        WatchedChild? last;
        lock (change)
        {
            if (stopping.IsCancellationRequested) return;
            stopping.Cancel();
            (last, child, connection) = (child, null, null);
            // A call that still comes must not find the connection that was: it would wait for the next one, and there is none.
            if (ready.Task.IsCompleted) ready = Pending();
            Refuse(state, "the plugin goes");
        }

        await spares.LeaveAsync(plan, this);
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
            cancel.ThrowIfCancellationRequested();
            var next = await ready.Task.WaitAsync(cancel).ConfigureAwait(false);
            if (next.IsOpen) return next;
            // It has ended, and that is about to be known.
            await next.Over.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Its connection has ended. On the thread that has read from it.</summary>
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

    /// <summary>Starts it; it does not serve yet.</summary>
    internal WatchedChild Start(CancellationToken cancel)
    {
        var process = spares.Take(plan, group.Print) ?? ChildProcess.Start(plan, group.Print, cancel);
        group.Wants = process.Hello.Wants;
        return new WatchedChild(group, process, plan);
    }

    /// <summary>Ends one that is not to serve.</summary>
    internal void Discard(WatchedChild? started)
    {
        started?.Connection.Dispose();
        started?.Dispose();
        spares.Fill(plan);
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

        var rest = which.HasHung ? Rest(hangs.Add() - (which.HasMostlyHung ? 0 : 1)) : TimeSpan.Zero;
        if (Crashed($"{which.Because ?? why} ({how})", rest)) BeginRestart(rest);
    }

    /// <summary>
    /// How long one that hung is left alone: not at all where a single call did and it was the first, then longer each time. Starting it
    /// costs the server as much as thousands of stored pages, and as soon as it is there, the next calls wait for it in vain.
    /// </summary>
    /// <param name="times">How often that has been known within a minute; a process of which most calls hang is known at once.</param>
    private static TimeSpan Rest(int times) => times < 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(30, 5 << (times - 1)));

    /// <summary>Counts a crash; false where it was one too many.</summary>
    private bool Crashed(string why, TimeSpan rest = default)
    {
        why = why.TrimEnd('.');
        if (crashes.Add() < plan.CrashesUntilQuarantine)
        {
            logger.LogWarning("plugin {Plugin}: its process ended and is started again{When}: {Why}", plan.Name, rest > TimeSpan.Zero ? $" in {rest.TotalSeconds:0} s" : "", why);
            if (rest > TimeSpan.Zero) Refuse(state, $"its process hangs and is left alone for {rest.TotalSeconds:0} s; the last: {why}");
            return true;
        }

        _ = spares.LeaveAsync(plan, this);
        Refuse("quarantined", $"quarantined after {plan.CrashesUntilQuarantine} crashes of its process within {CrashCount.Window.TotalSeconds:0} s; the last: {why}");

        logger.LogError("plugin {Plugin}: quarantined: its process ended {Count} times within {Seconds} s; the last: {Why}. It is not started again until its files change, or \"platform reload\" says so", plan.Name, plan.CrashesUntilQuarantine, CrashCount.Window.TotalSeconds, why);
        return false;
    }

    private void Refuse(string? now, string why)
    {
        lock (change)
        {
            (state, refusal) = (now, why);
            ready.TrySetException(new RemoteException(why) { IsEnd = true });
        }
    }

    /// <summary>On a thread of its own from the first step to the last: a pool under load would let each of them wait.</summary>
    private void BeginRestart(TimeSpan rest) => new Thread(() => Restart(rest)) { IsBackground = true, Name = "plugin restart" }.Start();

    private void Restart(TimeSpan rest)
    {
        stopping.Token.WaitHandle.WaitOne(rest);
        var pause = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            if (ready.Task.IsFaulted) lock (change) (ready, refusal) = (Pending(), null);
            WatchedChild? started = null;
            try
            {
                var from = Environment.TickCount64;
                group.RefuseOtherFiles();
                started = Start(stopping.Token);
                group.StartAgain(started.Connection);
                if (Serve(started)) logger.LogInformation("plugin {Plugin}: its process is back after {Milliseconds} ms", plan.Name, Environment.TickCount64 - from);
                return;
            }
            catch (Exception exception)
            {
                Discard(started);
                if (stopping.IsCancellationRequested || !Crashed($"it can't be started again: {PluginException.MessageOf(exception)}")) return;
            }

            // The first time at once; one that can't start is not tried without a pause.
            Thread.Sleep(pause = TimeSpan.FromMilliseconds(Math.Clamp(pause.TotalMilliseconds * 2, 50, 5000)));
        }
    }

    /// <summary>Lets it serve; false where it has ended already.</summary>
    internal bool Serve(WatchedChild started)
    {
        lock (change)
        {
            HasServed = true;
            if (stopping.IsCancellationRequested || started.HasEnded)
            {
                if (!stopping.IsCancellationRequested) _ = Task.Run(() => Recover(started, "it ended as soon as it was started"));
                else started.Dispose();
                return false;
            }

            (child, connection, state) = (started, started.Connection, null);
            ready.TrySetResult(started.Connection);
            spares.Keep(plan, this);
            return true;
        }
    }
}
