using Platform.Host.Plugins.Isolation.Processes;
using Platform.Host.Plugins.Powers;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>The plugins of one child process, usually one.</summary>
public sealed class ChildGroup
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Lock change = new();
    private readonly SemaphoreSlim starting = new(1);
    private readonly List<Member> members = [];
    private readonly HashSet<string> joined = new(StringComparer.Ordinal);
    private readonly ChildPlan plan;
    private readonly PluginLog said;

    /// <summary>A group without a process, until its first source is loaded.</summary>
    internal ChildGroup(ChildPlan plan, SpareProcesses spares, ILogger logger)
    {
        this.plan = plan;
        said = new(plan.Name, logger, TimeProvider.System);
        Process = new(this, plan, spares, logger);
    }

    /// <summary>What is the matter with the process: restarting, quarantined; null while it runs.</summary>
    public string? State => Process.State;

    /// <summary>True once the process is gone for good.</summary>
    public bool IsGone => Process.Gone.IsCancellationRequested;

    /// <summary>The process that serves now; null while there is none.</summary>
    public int? ProcessId => Process.Id;

    /// <summary>What its plugins want to be sent of requests, beside what is always sent.</summary>
    internal RequestPart Wants { get; set; }

    /// <summary>How long a helper may take.</summary>
    internal TimeSpan RenderTime => plan.RenderTime;

    /// <summary>The process.</summary>
    internal KeptProcess Process { get; }

    /// <summary>Takes part; false where the process is gone for good, or has another version of the same.</summary>
    internal bool TryJoin(PluginSource source)
    {
        lock (change) return !IsGone && joined.Add(source.Name);
    }

    /// <summary>Loads the code of one more source, into the process that is there or that is started for it.</summary>
    /// <returns>The version of the code, and its plugins.</returns>
    internal async Task<(string Version, IReadOnlyList<RemotePlugin> Plugins)> LoadAsync(PluginSource source, CancellationToken cancel)
    {
        await starting.WaitAsync(cancel);
        try
        {
            var to = Process.HasServed ? await Process.ConnectionAsync(cancel) : null;
            return await Task.Factory.StartNew(() => LoadFirst(to, source, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            starting.Release();
        }
    }

    private (string Version, IReadOnlyList<RemotePlugin> Plugins) LoadFirst(PluginConnection? to, PluginSource source, CancellationToken cancel)
    {
        var started = to is null ? Process.Start(cancel) : null;
        try
        {
            var (names, version) = LoadRequest.Ask(to ?? started!.Connection, source, plan, StartLimit);
            cancel.ThrowIfCancellationRequested();
            var plugins = names.ConvertAll(name => new RemotePlugin(this, name));
            lock (change) members.Add(new(source, plugins));
            if (started is not null) Process.Serve(started);
            return (version, plugins);
        }
        catch
        {
            Process.Discard(started);
            throw;
        }
    }

    /// <summary>Takes part no more; with the last the process goes.</summary>
    internal async Task LeaveAsync(PluginSource source)
    {
        Task stopped;
        lock (change)
        {
            members.RemoveAll(member => member.Source == source);
            joined.Remove(source.Name);
            if (joined.Count > 0) return;
            stopped = Process.StopAsync();
        }

        await stopped;
    }

    internal void Log(string plugin, string level, string message)
    {
        var log = PluginOf(plugin)?.Log ?? said;
        log.Write(level switch { "debug" => PluginLogLevel.Debug, "warning" => PluginLogLevel.Warning, "error" => PluginLogLevel.Error, _ => PluginLogLevel.Information }, message);
    }

    internal void Purge(string plugin, IReadOnlyList<string> tags, Action<string?> done) => _ = PurgeAsync(plugin, tags, done);

    private RemotePlugin? PluginOf(string name)
    {
        lock (change) return members.SelectMany(member => member.Plugins).FirstOrDefault(plugin => plugin.Name == name);
    }

    /// <summary>Sees that what was started lies on disk as it was: other files are a version that nobody has probed, or that was refused.</summary>
    /// <exception cref="RemoteException">It does not.</exception>
    internal void RefuseOtherFiles()
    {
        lock (change)
        {
            if (members.Find(member => PluginFolder.FingerprintOf(member.Source) != member.Source.Fingerprint) is not { } other) return;
            throw new RemoteException($"the files of {other.Source.Name} are others than those it was started from, and those did not start. Put back the ones that did, or correct them");
        }
    }

    /// <summary>Loads and starts all of them once more, in a process that takes the place of one that ended.</summary>
    internal void StartAgain(PluginConnection to)
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

    /// <summary>Writes a line that the process has printed to the log.</summary>
    internal void Print(string line)
    {
        if (!string.IsNullOrWhiteSpace(line)) said.Write(PluginLogLevel.Information, line);
    }

    private async Task PurgeAsync(string plugin, IReadOnlyList<string> tags, Action<string?> done)
    {
        try
        {
            if (PluginOf(plugin)?.Pages is not { } pages) throw new RemoteException($"no plugin \"{plugin}\" is in service here");
            await pages.PurgeAsync(tags, Process.Gone);
            done(null);
        }
        catch (Exception exception)
        {
            done(exception.Message);
        }
    }

    private sealed record Member(PluginSource Source, IReadOnlyList<RemotePlugin> Plugins);
}
