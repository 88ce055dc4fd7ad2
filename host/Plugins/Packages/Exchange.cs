using System.Runtime.InteropServices;

namespace Platform.Host.Plugins.Packages;

/// <summary>Two folders of one file system change places.</summary>
internal static partial class Exchange
{
    private const int AtCurrent = -100;
    private const uint Both = 2;

    /// <summary>In one step where the system has one (Linux: <c>renameat2</c> with <c>RENAME_EXCHANGE</c>), else in three renames.</summary>
    /// <exception cref="IOException">They can't; they stand where they stood.</exception>
    internal static void Folders(string one, string other)
    {
        if (OperatingSystem.IsLinux() && IsDone(one, other)) return;
        var between = one + ".between";
        Directory.Move(other, between);
        try
        {
            Directory.Move(one, other);
        }
        catch
        {
            Directory.Move(between, other);
            throw;
        }

        Directory.Move(between, one);
    }

    /// <summary>False where the system, or this file system, does not know how.</summary>
    private static bool IsDone(string one, string other)
    {
        try
        {
            return Rename(AtCurrent, one, AtCurrent, other, Both) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int oneFolder, string one, int otherFolder, string other, uint flags);
}
