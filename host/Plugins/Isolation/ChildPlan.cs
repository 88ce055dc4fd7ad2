using Platform.Host.Configuration;
using Platform.Host.Plugins.Isolation.Frames;

namespace Platform.Host.Plugins.Isolation;

/// <summary>How the plugins of one child process are started, and what they may cost.</summary>
/// <param name="Name">What messages call the child: its plugin, or its group.</param>
/// <param name="Isolation">A child of this server's executable, or of a command.</param>
/// <param name="SocketFolder">Where its socket stands until it has connected.</param>
public sealed record ChildPlan(string Name, PluginIsolation Isolation, string SocketFolder)
{
    /// <summary>The command and its arguments; empty for a child of this server's executable.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Where a command is started.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What one answer may hold.</summary>
    public FrameLimits Answers { get; init; } = new();

    /// <summary>What the process and all it starts may hold together.</summary>
    public ChildLimits Limits { get; init; } = new();

    /// <summary>Crashes within a minute after which it is not started again.</summary>
    public int CrashesUntilQuarantine { get; init; } = 5;

    /// <summary>Calls at once, of all its plugins.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How long a page may take to render: what its helpers may take together.</summary>
    public TimeSpan RenderTime { get; init; } = TimeSpan.FromSeconds(2);
}
