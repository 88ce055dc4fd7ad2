using Platform.Host.Configuration;
using Platform.Host.Plugins.Isolation.Processes;

namespace Platform.Host.Plugins.Isolation;

/// <summary>A child in service: its process, the connection to it, and the eye that is kept on both.</summary>
internal sealed class WatchedChild : IConnectionOwner, IDisposable
{
    private readonly ChildGroup group;
    private readonly ChildPlan plan;
    private readonly IDisposable watching;
    private string? because;

    internal WatchedChild(ChildGroup group, ChildProcess process, ChildPlan plan)
    {
        (this.group, Process, this.plan) = (group, process, plan);
        Connection = new(process.Socket, plan.Answers, this);
        Connection.Start($"plugin {plan.Name}");
        watching = ChildStarter.Instance.Watch(Look);
    }

    internal ChildProcess Process { get; }

    internal PluginConnection Connection { get; }

    /// <summary>True once the connection has ended.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Why the server ended it; null where it ended by itself.</summary>
    internal string? Because => because;

    /// <summary>True where the server ended it for a call that did not come back.</summary>
    internal bool HasHung { get; private set; }

    /// <summary>True where that was so for half of the calls that it may have at once, and more.</summary>
    internal bool HasMostlyHung { get; private set; }

    public void Log(string plugin, string level, string message) => group.Log(plugin, level, message);

    public void Purge(string plugin, IReadOnlyList<string> tags, Action<string?> done) => group.Purge(plugin, tags, done);

    public void Ended(string why)
    {
        HasEnded = true;
        group.Process.Ended(this, why);
    }

    public void Dispose()
    {
        watching.Dispose();
        Process.Dispose();
    }

    private void Look()
    {
        if (HasEnded) return;
        if (Process.Over(plan.Limits) is { } over)
        {
            End($"it was ended for what it holds: {over}");
        }
        else if (Connection.Lost() is > 0 and var lost)
        {
            (HasHung, HasMostlyHung) = (true, lost > 1 && lost * 2 >= plan.Concurrency);
            End("it was ended for a call that did not come back within three times its deadline");
        }
    }

    private void End(string why)
    {
        because = why;
        Process.Kill();
        Connection.Cut(why);
    }
}
