using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Platform.Functional.Tests;

/// <summary>Signals to a process that the tests have started.</summary>
internal static class Signal
{
    internal const int Kill = 9;
    internal const int Terminate = 15;
    internal const int Continue = 18;
    internal const int Stop = 19;

    internal static void Send(int process, int signal) => Assert.True(kill(process, signal) == 0, $"Signal {signal} could not be sent to process {process}.");

    /// <summary>Lets a process open no more files than this at once.</summary>
    internal static async Task LimitFilesAsync(int process, int files)
    {
        using var limiting = Process.Start("prlimit", ["--pid", $"{process}", $"--nofile={files}"]);
        await limiting.WaitForExitAsync();
        Assert.True(limiting.ExitCode == 0, $"prlimit ended with exit code {limiting.ExitCode}.");
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
