using System.Diagnostics;

namespace Platform.Host.Plugins.Testing;

/// <summary>Waits until the runtime has let go of load contexts.</summary>
internal static class Unloading
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>True where none is left within the time.</summary>
    internal static bool IsGone(IReadOnlyList<WeakReference> contexts, out int alive)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            alive = contexts.Count(context => context.IsAlive);
            if (alive == 0 || watch.Elapsed > Limit) return alive == 0;
            Thread.Sleep(20);
        }
    }
}
