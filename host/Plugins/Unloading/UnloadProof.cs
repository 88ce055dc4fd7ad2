using System.Diagnostics;
using System.Runtime.Loader;

namespace Platform.Host.Plugins.Unloading;

/// <summary>
/// Proves that the code of a plugin is gone, or says what probably holds it. The runtime unloads a context when a collection
/// of the oldest generation has found nothing of it in use, which takes two; they are asked for where none came by itself, in
/// the background: that stops requests for a millisecond or two, a blocking one for as long as the heap is large.
/// </summary>
public sealed class UnloadProof(UnloadLedger ledger, ILogger logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Where a version that was held is looked at again, in case its holder ends by itself.</summary>
    private static readonly TimeSpan LatePause = TimeSpan.FromSeconds(30);
    private const int LateLooks = 20;

    private static readonly Lock Collecting = new();

    /// <summary>What became of all of them.</summary>
    public UnloadLedger Ledger => ledger;

    /// <summary>Asks a context to unload, and looks for at most ten seconds whether it goes. The caller lets go of it too.</summary>
    /// <param name="assembly">The name of the plugin's assembly, for the log and the ledger.</param>
    /// <param name="version">Its version.</param>
    /// <param name="context">The context; not used after the return.</param>
    /// <returns>The outcome, later; the context is asked to unload before the return.</returns>
    public Task<UnloadOutcome> UnloadAsync(string assembly, string version, AssemblyLoadContext context) =>
        LookAsync(assembly, version, UnloadSubject.Unload(context));

    private async Task<UnloadOutcome> LookAsync(string assembly, string version, UnloadSubject subject)
    {
        // The caller's own call, which may be the last that holds it, ends meanwhile.
        await Task.Yield();
        var watch = Stopwatch.StartNew();
        var isGone = await GoesAsync(subject, watch);
        var outcome = new UnloadOutcome(isGone, watch.Elapsed, isGone ? [] : await Task.Run(subject.FindHolders));
        ledger.Record(assembly, outcome);
        if (outcome.IsGone)
        {
            // What it was compiled with.
            NativeHeap.Trim();
            logger.LogInformation("plugin {Plugin}: version {Version} is unloaded after {Seconds:0.0} s", assembly, version, outcome.After.TotalSeconds);
            return outcome;
        }

        logger.LogWarning("plugin {Plugin}: version {Version} is out of service, but its code stays in memory; {Holders}", assembly, version, string.Join(" ", outcome.Holders));
        _ = LookLaterAsync(assembly, version, subject);
        return outcome;
    }

    private static async Task<bool> GoesAsync(UnloadSubject subject, Stopwatch watch)
    {
        RuntimeCaches.Clear();
        var seen = GC.CollectionCount(2);
        for (var (pause, looks) = (FirstPause, 1); watch.Elapsed < Limit; looks++)
        {
            await Task.Delay(pause);
            if (subject.IsGone) return true;
            // A call that came back late may have filled them again.
            if (looks % 4 == 0) RuntimeCaches.Clear();
            seen = Collect(seen);
            // Each of the first looks is likely to be the last needed; what then still stays is in use.
            if (looks > 4 && (pause *= 2) > LongestPause) pause = LongestPause;
        }

        return subject.IsGone;
    }

    private async Task LookLaterAsync(string assembly, string version, UnloadSubject subject)
    {
        for (var look = 0; look < LateLooks; look++)
        {
            await Task.Delay(LatePause);
            if (!subject.IsGone) continue;
            ledger.RecordLate(assembly);
            logger.LogInformation("plugin {Plugin}: version {Version} is unloaded after all", assembly, version);
            return;
        }
    }

    /// <summary>Has one collection done where none was since <paramref name="seen"/>: of many contexts that wait, one asks for all.</summary>
    private static int Collect(int seen)
    {
        lock (Collecting)
        {
            if (GC.CollectionCount(2) == seen) GC.Collect(2, GCCollectionMode.Forced, blocking: false);
            return GC.CollectionCount(2);
        }
    }
}
