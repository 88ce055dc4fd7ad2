using System.Runtime.InteropServices;

/// <summary>Has native code write where nothing is (SIGSEGV). Ends the process.</summary>
public sealed class WritesToNull : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        // By native code: a managed write to a low address is only a NullReferenceException.
        memset(0x1000, 1, 4096);
        return Answer("survived");
    }

    [DllImport("libc")]
    private static extern nint memset(nint start, int value, nint length);
}
