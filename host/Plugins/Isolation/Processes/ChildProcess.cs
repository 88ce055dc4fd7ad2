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

    private readonly Process process;
    private readonly ProcessTree tree;
    private int isKilled;

    private ChildProcess(Process process, Socket socket, ChildHello hello)
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
            ChildOutput.Read(process.StandardOutput.BaseStream, output);
            ChildOutput.Read(process.StandardError.BaseStream, output);
            process.StandardInput.Close();
            var (socket, hello) = door.Accept(token, HelloLimit, () => ProcessTree.IsThere(process.Id) ? null : $"its process ended with {ExitOf(process) ?? "no exit code"} before it said hello", cancel);
            return new(process, socket, hello);
        }
        catch
        {
            Kill(process, new ProcessTree(process.Id));
            process.Dispose();
            throw;
        }
    }

    /// <summary>Says what of the budget it is over; null where it is within.</summary>
    internal string? Over(ChildLimits budget) => tree.Over(budget);

    /// <summary>Ends it and all it has started, now.</summary>
    internal void Kill()
    {
        if (Interlocked.Exchange(ref isKilled, 1) == 0) Kill(process, tree);
    }

    /// <summary>Waits for its end.</summary>
    internal async Task EndedAsync(TimeSpan within)
    {
        for (var until = Environment.TickCount64 + within.TotalMilliseconds; ProcessTree.IsThere(process.Id) && Environment.TickCount64 < until;) await Task.Delay(5);
    }

    /// <summary>How it ended, in words; null where that is not known.</summary>
    internal string? Exit() => ExitOf(process);

    /// <summary>
    /// Asked on a thread of its own, and not waited for longer than a moment: the runtime's own view of a process that has just
    /// been killed was seen to keep whoever asks it.
    /// </summary>
    private static string? ExitOf(Process process)
    {
        string? how = null;
        var asking = new Thread(() =>
        {
            try
            {
                if (process.WaitForExit(100)) how = process.ExitCode > 128 ? $"signal {process.ExitCode - 128}" : $"exit code {process.ExitCode}";
            }
            catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It is not known.
            }
        }) { IsBackground = true, Name = "plugin exit" };
        asking.Start();
        asking.Join(150);
        return Volatile.Read(ref how);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        // As with its exit: not on this thread.
        ThreadPool.UnsafeQueueUserWorkItem(static process => process.Dispose(), process, preferLocal: false);
    }

    private static Process Start(ProcessStartInfo start, ChildPlan plan)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            throw new PluginStartException($"{(plan.Command.Count > 0 ? $"command: \"{plan.Command[0]}\"" : "its process")} can't be started: {exception.Message}; expected an executable in PATH, or in the plugin's folder.");
        }
    }

    private static void Kill(Process process, ProcessTree tree)
    {
        if (OperatingSystem.IsLinux())
        {
            tree.Kill();
            return;
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It was gone already.
        }
    }
}
