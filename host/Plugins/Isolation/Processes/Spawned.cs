using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>
/// A process that was started, by the system's own means: the head of a process group of its own, with signals as they come by
/// default and nothing of the server's open in it. Whoever has started it must ask for its end, or it stays in the system's table.
/// </summary>
internal sealed class Spawned
{
    private readonly Lock change = new();
    private bool isReaped;
    private string? exit;

    private Spawned(int id, Stream output, Stream errors) => (Id, Output, Errors) = (id, output, errors);

    /// <summary>Its number, and that of its group.</summary>
    internal int Id { get; }

    /// <summary>What it prints.</summary>
    internal Stream Output { get; }

    /// <summary>What it prints as errors.</summary>
    internal Stream Errors { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="arguments">Its arguments, without its own name.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="folder">Where it is started; null: where the server was.</param>
    /// <exception cref="IOException">Why it can't be.</exception>
    internal static Spawned Start(string file, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment, string? folder)
    {
        var (output, errors) = (PosixSpawn.Pipe(), default((int Read, int Write)));
        try
        {
            errors = PosixSpawn.Pipe();
            var id = PosixSpawn.Run(file, [file, .. arguments], [.. environment.Select(pair => $"{pair.Key}={pair.Value}")], folder, output.Write, errors.Write);
            return new(id, Reader(output.Read), Reader(errors.Read));
        }
        catch
        {
            PosixSpawn.Close(output.Read);
            if (errors != default) PosixSpawn.Close(errors.Read);
            throw;
        }
        finally
        {
            PosixSpawn.Close(output.Write);
            if (errors != default) PosixSpawn.Close(errors.Write);
        }
    }

    /// <summary>How it ended, in words; null while it is there.</summary>
    internal string? Exit()
    {
        lock (change) return exit ??= PosixSpawn.Exit(Id);
    }

    /// <summary>
    /// Takes one that has ended out of the system's table. On a thread that nobody waits for: where somebody looks at the process
    /// in /proc at that moment, the system has been seen to need many seconds for it.
    /// </summary>
    internal void Reap()
    {
        lock (change)
        {
            if (isReaped) return;
            isReaped = true;
        }

        PosixSpawn.Reap(Id);
    }

    /// <summary>Ends its group, unless the number has gone back to the system.</summary>
    internal void Kill()
    {
        lock (change)
        {
            if (!isReaped) PosixSpawn.KillGroup(Id);
        }
    }

    private static AnonymousPipeClientStream Reader(int handle) => new(PipeDirection.In, new SafePipeHandle(handle, ownsHandle: true));
}
