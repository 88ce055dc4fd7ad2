using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>
/// A process that was started, by the system's own means: the head of a process group of its own, with signals as they come by
/// default and nothing of the server's open in it. Whoever has started it must ask for its end, or it stays in the system's table.
/// </summary>
internal sealed class Spawned
{
    private readonly Lock reaping = new();
    private bool isReaped;
    private int status;

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
        lock (reaping)
        {
            if (!isReaped) isReaped = PosixSpawn.TryReap(Id, out status);
            if (!isReaped) return null;
        }

        var signal = status & 0x7f;
        return signal != 0 ? $"signal {signal}" : $"exit code {(status >> 8) & 0xff}";
    }

    /// <summary>Ends its group, unless the number has gone back to the system.</summary>
    internal void Kill()
    {
        lock (reaping)
        {
            if (!isReaped) PosixSpawn.KillGroup(Id);
        }
    }

    private static AnonymousPipeClientStream Reader(int handle) => new(PipeDirection.In, new SafePipeHandle(handle, ownsHandle: true));
}
