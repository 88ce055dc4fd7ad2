namespace Platform.Host.Caching;

/// <summary>
/// Has the runtime collect what a tier has let go. Pages live long enough to come into its oldest generation, which it does not
/// look through before the memory of the process has nearly doubled: a limit in bytes would hold for the tier alone.
/// </summary>
/// <param name="maxBytes">The tier's limit; an eighth of it is let go between two collections.</param>
internal sealed class Reclaim(long maxBytes)
{
    private const long LeastShare = 4 * 1024 * 1024;

    private readonly long share = Math.Max(maxBytes / 8, LeastShare);
    private long released;
    private int isUnderway;

    /// <summary>So many bytes were let go. Not for several threads at once.</summary>
    internal void Add(int bytes)
    {
        released += bytes;
        if (released < share || Interlocked.Exchange(ref isUnderway, 1) == 1) return;
        released = 0;
        ThreadPool.UnsafeQueueUserWorkItem(static reclaim => reclaim.Collect(), this, preferLocal: false);
    }

    private void Collect()
    {
        // Beside the requests, which are held for a moment at its beginning and at its end.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        Volatile.Write(ref isUnderway, 0);
    }
}
