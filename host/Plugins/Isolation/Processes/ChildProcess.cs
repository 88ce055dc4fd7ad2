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
    private int isKilled;

    private ChildProcess(Spawned process, Socket socket, ChildHello hello)
    {
        (this.process, Socket, Hello) = (process, socket, hello);
        tree = new(process.Id);
    }

    /// <summary>The connection.</summary>
    internal Socket Socket { get; }

    /// <summary>What it said first.</summary>
    internal ChildHello Hello { get; }

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
        try
        {
            ChildOutput.Read(process.Output, output);
            ChildOutput.Read(process.Errors, output);
            var (socket, hello) = door.Accept(token, HelloLimit, () => process.Exit() is { } how ? $"its process ended with {how} before it said hello" : null, cancel);
            return new(process, socket, hello);
        }
        catch
        {
            End(process, new ProcessTree(process.Id));
            throw;
        }
    }

    /// <summary>Says what of the budget it is over; null where it is within.</summary>
    internal string? Over(ChildLimits budget) => tree.Over(budget);

    /// <summary>Ends it and all it has started, now.</summary>
    internal void Kill()
    {
        if (Interlocked.Exchange(ref isKilled, 1) == 0) End(process, tree);
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
    public void Dispose() => Kill();

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

    /// <summary>Ends a process and all it has started, and sees that nothing of it stays in the system's table.</summary>
    private static void End(Spawned process, ProcessTree tree)
    {
        tree.Kill();
        process.Kill();
        ChildStarter.Instance.Reap(process);
    }
}
