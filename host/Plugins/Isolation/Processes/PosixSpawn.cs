using System.Runtime.InteropServices;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>posix_spawn(3) and what belongs to it. The layouts are those of 64-bit Linux; the opaque ones are given more room than any system takes.</summary>
internal static partial class PosixSpawn
{
    private const int OpaqueBytes = 512;
    private const int SignalSetBytes = 128;
    private const short SetGroup = 2, SetDefaultSignals = 4, SetSignalMask = 8;
    private const int CloseOnExec = 0x80000, ReadOnly = 0, NoHang = 1, KillSignal = 9, NoChild = 10;
    private const int ById = 1, Ended = 4, LeaveIt = 0x1000000, ByExit = 1, InfoBytes = 128, CodeAt = 8, ProcessAt = 16, StatusAt = 24;

    /// <summary>Two ends of a pipe that no other process gets.</summary>
    internal static (int Read, int Write) Pipe()
    {
        var ends = new int[2];
        return MakePipe(ends, CloseOnExec) == 0 ? (ends[0], ends[1]) : throw Failure(Marshal.GetLastPInvokeError());
    }

    /// <summary>Closes a file.</summary>
    internal static void Close(int file) => _ = CloseFile(file);

    /// <summary>Starts a program.</summary>
    /// <exception cref="IOException">Why it can't be.</exception>
    internal static unsafe int Run(string file, string[] arguments, string[] environment, string? folder, int output, int errors)
    {
        byte* actions = stackalloc byte[OpaqueBytes], attributes = stackalloc byte[OpaqueBytes], signals = stackalloc byte[SignalSetBytes];
        _ = InitActions(actions);
        _ = InitAttributes(attributes);
        try
        {
            _ = AddOpen(actions, 0, "/dev/null", ReadOnly, 0);
            _ = AddCopy(actions, output, 1);
            _ = AddCopy(actions, errors, 2);
            if (folder is not null) _ = AddFolder(actions, folder);
            new Span<byte>(signals, SignalSetBytes).Clear();
            _ = SetMask(attributes, signals);
            // All that can be caught: the runtime ignores some, and what is ignored stays so in the next program.
            new Span<byte>(signals, sizeof(ulong)).Fill(0xff);
            _ = SetDefaults(attributes, signals);
            _ = SetProcessGroup(attributes, 0);
            _ = SetFlags(attributes, SetGroup | SetDefaultSignals | SetSignalMask);
            var error = Spawn(out var process, file, actions, attributes, [.. arguments, null], [.. environment, null]);
            return error == 0 ? process : throw Failure(error);
        }
        finally
        {
            _ = EndActions(actions);
            _ = EndAttributes(attributes);
        }
    }

    /// <summary>How a process ended, which stays in the system's table; null while it runs.</summary>
    internal static unsafe string? Exit(int process)
    {
        byte* info = stackalloc byte[InfoBytes];
        new Span<byte>(info, InfoBytes).Clear();
        if (WaitInfo(ById, process, info, NoHang | Ended | LeaveIt) != 0) return Marshal.GetLastPInvokeError() == NoChild ? "nobody knows what" : null;
        if (*(int*)(info + ProcessAt) == 0) return null;
        var status = *(int*)(info + StatusAt);
        return *(int*)(info + CodeAt) == ByExit ? $"exit code {status}" : $"signal {status}";
    }

    /// <summary>Takes a process that has ended out of the system's table.</summary>
    internal static void Reap(int process)
    {
        var status = 0;
        _ = Wait(process, ref status, NoHang);
    }

    /// <summary>Ends all processes of a group.</summary>
    internal static void KillGroup(int leader) => _ = Kill(-leader, KillSignal);

    private static IOException Failure(int error) => new(Marshal.GetPInvokeErrorMessage(error));

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int MakePipe([Out] int[] ends, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static unsafe partial int WaitInfo(int kind, int process, byte* info, int options);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int process, ref int status, int options);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Spawn(out int process, string file, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static unsafe partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static unsafe partial int EndActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int AddOpen(byte* actions, int file, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static unsafe partial int AddCopy(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int AddFolder(byte* actions, string folder);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static unsafe partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static unsafe partial int EndAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static unsafe partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static unsafe partial int SetProcessGroup(byte* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static unsafe partial int SetMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static unsafe partial int SetDefaults(byte* attributes, byte* signals);
}
