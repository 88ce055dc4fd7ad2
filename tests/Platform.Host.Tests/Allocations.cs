namespace Platform.Host.Tests;

/// <summary>What code allocates once it is warm.</summary>
internal static class Allocations
{
    /// <summary>Bytes of the leanest of several runs: the runtime allocates now and then on any thread while it compiles.</summary>
    public static long Of(Action run)
    {
        run();
        return Enumerable.Range(0, 8).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
