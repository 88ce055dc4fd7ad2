using Platform.Host.Configuration;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Platform.Host.Plugins.Isolation.Frames;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>One process of a plugin: started, connected, watched, ended with all it has started.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>Less than loading a plugin may take in all: the reason is told, and not that it took long.</summary>
    private static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(9);

    private readonly Spawned process;
    private readonly ProcessTree tree;
    private volatile Action<string> output;
    private int isKilled;

    private ChildProcess(Spawned process, ChildDoor door, string token, Action<string> output, CancellationToken cancel)
    {
        (this.process, this.output, tree) = (process, output, new(process.Id));
        try
        {
            ChildOutput.Read(process.Output, line => this.output(line));
            ChildOutput.Read(process.Errors, line => this.output(line));
            (Socket, Hello) = door.Accept(token, HelloLimit, () => process.Exit() is { } how ? $"its process ended with {how} before it said hello" : null, cancel);
        }
        catch
        {
            Kill();
            throw;
        }
    }

    /// <summary>The connection.</summary>
    internal Socket Socket { get; }

    /// <summary>What it said first.</summary>
    internal ChildHello Hello { get; }

    /// <summary>True while it runs.</summary>
    internal bool IsThere => process.Exit() is null;

    /// <summary>Its number.</summary>
    internal int Id => process.Id;

    /// <summary>Starts it, and waits for its hello, on this thread.</summary>
    /// <exception cref="PluginStartException">Why there is none.</exception>
    internal static ChildProcess Start(ChildPlan plan, Action<string> output, CancellationToken cancel)
    {
        using var door = new ChildDoor(plan.SocketFolder);
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var start = ChildCommand.For(plan, door.Path, token);
        var process = ChildStarter.Instance.RunAsync(() => Start(start, plan)).GetAwaiter().GetResult();
        return new(process, door, token, output, cancel);
    }

    /// <summary>Lets somebody else hear what it prints.</summary>
    internal void PrintTo(Action<string> to) => output = to;

    /// <summary>Says what of the budget it is over; null where it is within.</summary>
    internal string? Over(ChildLimits budget) => tree.Over(budget);

    /// <summary>Ends it and all it has started, now.</summary>
    internal void Kill()
    {
        if (Interlocked.Exchange(ref isKilled, 1) != 0) return;
        tree.Kill();
        process.Kill();
        // Nothing of it stays in the system's table.
        ChildStarter.Instance.Reap(process);
    }

    /// <summary>Waits for its end.</summary>
    internal async Task EndedAsync(TimeSpan within)
    {
        for (var until = Environment.TickCount64 + within.TotalMilliseconds; process.Exit() is null && Environment.TickCount64 < until;) await Task.Delay(5);
    }

    /// <summary>How it ended, in words, waited for a moment; null where that is not known.</summary>
    internal string? Exit()
    {
        for (var turn = 0; turn < 50; turn++)
        {
            if (process.Exit() is { } how) return how;
            Thread.Sleep(2);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        Socket.Dispose();
    }

    private static Spawned Start(ProcessStartInfo start, ChildPlan plan)
    {
        try
        {
            return Spawned.Start(start.FileName, start.ArgumentList, start.Environment, start.WorkingDirectory is { Length: > 0 } folder ? folder : null);
        }
        catch (IOException exception)
        {
            throw new PluginStartException($"{(plan.Command.Count > 0 ? $"command: \"{plan.Command[0]}\"" : "its process")} can't be started: {exception.Message}; expected an executable in PATH, or in the plugin's folder.");
        }
    }
}
