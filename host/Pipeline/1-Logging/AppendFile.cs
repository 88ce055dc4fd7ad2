using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Platform.Host.Pipeline;

/// <summary>Opens files for appending. On Linux the system puts each write behind all others, of whatever process.</summary>
internal static partial class AppendFile
{
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const int OwnerWritesAllRead = 0x1a4;

    /// <summary>Opens a file, made where there is none.</summary>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var descriptor = open(path, WriteOnly | Create | Append | CloseOnExec, OwnerWritesAllRead);
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);
}
