using Platform.Host.Plugins.Isolation.Frames;

namespace Platform.Host.Plugins.Isolation;

/// <summary>How the plugins of one child process are started, and what they may cost.</summary>
/// <param name="Name">What messages call the child: its plugin, or its group.</param>
/// <param name="Isolation">A child of this server's executable, or of a command.</param>
/// <param name="Sources">What it loads; a group has several.</param>
/// <param name="SocketFolder">Where its socket stands until it has connected.</param>
public sealed record ChildPlan(string Name, PluginIsolation Isolation, IReadOnlyList<PluginSource> Sources, string SocketFolder)
{
    /// <summary>The command and its arguments; empty for a child of this server's executable.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>What one answer may hold.</summary>
    public FrameLimits Answers { get; init; } = new();

    /// <summary>What the process and all it starts may hold together.</summary>
    public ChildBudget Budget { get; init; } = new();

    /// <summary>Crashes within a minute after which it is not started again.</summary>
    public int CrashesUntilQuarantine { get; init; } = 5;

    /// <summary>Calls at once, of all its plugins.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How long a page may take to render: what its helpers may take together.</summary>
    public TimeSpan RenderTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The deadlines of one plugin's calls.</summary>
    public Func<string, CallDeadlines> DeadlinesOf { get; init; } = _ => new();
}

/// <summary>What a child and all it starts may hold together.</summary>
/// <param name="MemoryMb">Resident memory in MB.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Files">Open files and sockets.</param>
/// <param name="Processes">Processes, itself among them.</param>
public sealed record ChildBudget(int MemoryMb = 512, int Threads = 512, int Files = 1024, int Processes = 16);

/// <summary>The deadlines of a plugin's calls. A call that is not back after three times its deadline costs the child its life.</summary>
public sealed record CallDeadlines
{
    /// <summary>Of <c>data_for</c>.</summary>
    public TimeSpan DataFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of <c>global_data</c>.</summary>
    public TimeSpan GlobalData { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of <c>api_dispatch</c>.</summary>
    public TimeSpan ApiDispatch { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of a middleware.</summary>
    public TimeSpan Middleware { get; init; } = TimeSpan.FromSeconds(1);
}
