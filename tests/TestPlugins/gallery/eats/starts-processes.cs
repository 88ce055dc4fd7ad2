using System.Diagnostics;

/// <summary>Starts processes without end: 300, each <c>sleep 30</c>, so that the machine it is shown on lives through it.</summary>
public sealed class StartsProcesses : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        for (var i = 0; i < 300; i++) Process.Start(new ProcessStartInfo("sleep", "30") { UseShellExecute = false })!.Dispose();
        return Answer("forked");
    }
}
