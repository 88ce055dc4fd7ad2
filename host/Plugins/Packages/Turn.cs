using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Platform.Host.Plugins.Packages;

/// <summary>A file that one process at a time has; it is free again when the process ends, however that comes.</summary>
internal static partial class Turn
{
    private const int Exclusive = 2, AtOnce = 4;

    // What an open says of a file that another process has: on Windows, and where the runtime locks by itself.
    private const int InUse = unchecked((int)0x80070020), WouldBlock = 11;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for it.</summary>
    /// <exception cref="PackageException">Others take too long.</exception>
    internal static async Task<FileStream> TakeAsync(string file, CancellationToken cancel)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryTake(file) is { } turn) return turn;
            if (TimeProvider.System.GetElapsedTime(begin) > LongestWait) throw new PackageException($"another command has been at the plugins for {LongestWait.TotalMinutes:0} minutes. Look what it waits for, or end it.");
            await Task.Delay(Pause, cancel);
        }
    }

    private static FileStream? TryTake(string file)
    {
        FileStream turn;
        try
        {
            turn = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.None : FileShare.ReadWrite);
        }
        catch (IOException exception) when (exception.HResult is InUse or WouldBlock)
        {
            return null;
        }

        // Asked for by itself: the runtime's own locks are switched off for the whole server.
        if (OperatingSystem.IsWindows() || Lock(turn.SafeFileHandle, Exclusive | AtOnce) == 0) return turn;
        turn.Dispose();
        return null;
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
