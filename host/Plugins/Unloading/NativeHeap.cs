using System.Runtime.InteropServices;

namespace Platform.Host.Plugins.Unloading;

/// <summary>The heap of the C library, from which the runtime takes what it needs to compile. Only glibc has one for each few threads, and keeps what they give back.</summary>
internal static partial class NativeHeap
{
    /// <summary>M_ARENA_MAX of malloc.h.</summary>
    private const int MostHeaps = -8;

    /// <summary>Threads that start from now on share the heaps that are there: what one of them gives back is of use to others.</summary>
    public static void Share() => Try(() => SetOption(MostHeaps, 1));

    /// <summary>Gives the system back what is free.</summary>
    public static void Trim() => Try(() => TrimTo(0));

    private static void Try(Func<int> call)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = call();
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimTo(nint bytes);
}
