using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>The code of one source in a child process, which it may share with others of its group.</summary>
public sealed class ChildRuntime : PluginRuntime
{
    private readonly PluginSource source;
    private string version = "0";

    /// <summary>Takes part in a process; the caller has joined for it.</summary>
    internal ChildRuntime(ChildGroup group, PluginSource source, PluginIsolation isolation) => (Group, this.source, Isolation) = (group, source, isolation);

    /// <summary>The process.</summary>
    public ChildGroup Group { get; }

    /// <inheritdoc/>
    public override PluginIsolation Isolation { get; }

    /// <inheritdoc/>
    public override string Version => version;

    /// <inheritdoc/>
    public override string? State => Group.State;

    /// <inheritdoc/>
    public override string? Refusal => Group.Process.Refusal;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<IPlugin>> LoadAsync(CancellationToken cancel)
    {
        (version, var plugins) = await Group.LoadAsync(source, cancel);
        return plugins;
    }

    /// <inheritdoc/>
    public override PluginFacts FactsOf(IPlugin plugin)
    {
        var remote = (RemotePlugin)plugin;
        var facts = remote.Facts;
        return new(facts.PageData, facts.GlobalData, facts.Api, [.. facts.Helpers.Select(helper => new RemoteHelper(Group, remote, helper.Name).Template(helper.IsBlock))], facts.Slot, facts.Reloads, facts.Work);
    }

    /// <inheritdoc/>
    public override Task StopAsync() => Group.LeaveAsync(source);
}
