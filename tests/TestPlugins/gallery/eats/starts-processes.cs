using System.Diagnostics;

/// <summary>Starts processes without end: 300, each <c>sleep 30</c>, so that the machine it is shown on lives through it.</summary>
public sealed class StartsProcesses : Misbehaving
{
    private static int started;

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        while (Interlocked.Increment(ref started) <= 300) Process.Start(new ProcessStartInfo("sleep", "30") { UseShellExecute = false })!.Dispose();
        return Answer("forked");
    }
}
