using System.Diagnostics;
using Platform.Host.Plugins.Unloading;

namespace Platform.Host.Plugins.Testing;

/// <summary>Waits until the runtime has let go of load contexts.</summary>
internal static class Unloads
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>True where none is left within the time.</summary>
    internal static bool IsGone(IReadOnlyList<UnloadSubject> contexts, out int alive)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            // As the server does: what its libraries keep of a plugin's types is not the plugin's fault.
            RuntimeCaches.Clear();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            alive = contexts.Count(context => !context.IsGone);
            if (alive == 0 || watch.Elapsed > Limit) return alive == 0;
            Thread.Sleep(20);
        }
    }
}
