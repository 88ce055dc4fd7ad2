using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>What the system offers to keep a process and all it starts together, and small.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Posix
{
    private const int NumberOfFiles = 7;
    private const int CoreSize = 4;
    private const int ParentDeathSignal = 1;
    private const int KillSignal = 9;
    private const int PipeSignal = 13;

    /// <summary>
    /// Makes this process the head of a group of its own: all it starts can be ended with it. Not of a session: on a busy core the
    /// system gives sessions their turns, and a process that starts would get few of them beside a server under load.
    /// </summary>
    internal static void LeadGroup() => _ = SetGroup(0, 0);

    /// <summary>Ends this process where the thread that started it has ended, with its process.</summary>
    /// <param name="parent">Who started it; where that is gone already, this process ends now.</param>
    internal static void EndWith(int parent)
    {
        _ = ProcessControl(ParentDeathSignal, KillSignal, 0, 0, 0);
        if (parent > 0 && ParentId() != parent) Environment.Exit(1);
    }

    /// <summary>Lets this process hold no more files than that, and leave no image of its memory behind.</summary>
    internal static void Limit(int files)
    {
        Limit(NumberOfFiles, (ulong)files);
        Limit(CoreSize, 0);
    }

    /// <summary>What this process is called where processes are listed; 15 bytes of it.</summary>
    internal static void Call(string name)
    {
        try
        {
            File.WriteAllText("/proc/self/comm", name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It goes by the executable's name, then.
        }
    }

    /// <summary>Becomes another program. Returns only where that can't be.</summary>
    /// <returns>Why it can't be.</returns>
    internal static string Become(string file, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        // The runtime ignores it, and what is ignored stays so.
        _ = Signal(PipeSignal, 0);
        _ = Execute(file, [.. arguments, null], [.. environment, null]);
        return Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
    }

    /// <summary>Ends all processes of a group at once.</summary>
    internal static void KillGroup(int leader) => _ = Kill(-leader, KillSignal);

    /// <summary>Ends a process at once.</summary>
    internal static void KillOne(int process) => _ = Kill(process, KillSignal);

    private static void Limit(int what, ulong value)
    {
        if (GetLimit(what, out var limit) != 0) return;
        limit.Hard = Math.Min(limit.Hard, value);
        limit.Soft = limit.Hard;
        _ = SetLimit(what, in limit);
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int what, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int what, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string file, string?[] arguments, string?[] environment);

    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
