namespace Platform.Host.Plugins;

/// <summary>
/// Looks at the calls under way every few milliseconds, on a thread of its own so that it works when the pool is
/// starved: gives up those past their deadline, and lets the pool have one more thread for each that is slow, so that a
/// plugin that blocks threads takes none from anybody else. What a plugin has started by itself is no call: where that holds
/// all threads, the pool stands still, and gets one more.
/// </summary>
public sealed class PluginWatchdog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(20);
    // Looks of one interval each: until the pool gets a thread because it stands still, and until that is taken back.
    private const int LooksUntilStill = 2;
    private const int LooksUntilWell = 1000;
    private const int MostHeld = 64;

    private readonly ManualResetEventSlim stop = new();
    private readonly Lock change = new();
    private readonly int minWorkers;
    private readonly int minCompletions;
    private PluginBoundary[] watched = [];
    private int added;
    private int held;
    private int still;
    private int well;
    private long finished;

    /// <summary>Starts watching.</summary>
    public PluginWatchdog()
    {
        ThreadPool.GetMinThreads(out minWorkers, out minCompletions);
        new Thread(Run) { IsBackground = true, Name = "plugin watchdog", Priority = ThreadPriority.AboveNormal }.Start();
    }

    /// <summary>Watches a plugin's calls from now on, until it has been idle and released.</summary>
    public void Watch(PluginBoundary boundary)
    {
        if (Array.IndexOf(Volatile.Read(ref watched), boundary) >= 0) return;
        lock (change)
        {
            if (Array.IndexOf(watched, boundary) < 0) Volatile.Write(ref watched, [.. watched, boundary]);
        }
    }

    /// <summary>Stops watching a plugin that is gone; one with a call under way is watched until that comes back.</summary>
    public void Release(PluginBoundary boundary)
    {
        boundary.IsReleased = true;
        Forget(boundary);
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Set();

    private void Forget(PluginBoundary boundary)
    {
        lock (change)
        {
            if (boundary.IsIdle) Volatile.Write(ref watched, [.. watched.Where(b => b != boundary)]);
        }
    }

    private void Run()
    {
        while (!stop.Wait(Interval))
        {
            var slow = LookAtPool();
            foreach (var boundary in Volatile.Read(ref watched))
            {
                if (boundary.IsReleased && boundary.IsIdle) Forget(boundary);
                boundary.EndWaiting();
                slow += boundary.LookAtHelpers(Slow);
                foreach (var call in boundary.Running)
                {
                    if (call is null) continue;
                    var age = call.Age;
                    if (age < Slow) continue;
                    slow++;
                    if (age >= call.Deadline && !call.IsGivenUp) call.GiveUp();
                }
            }

            if (slow == added) continue;
            added = slow;
            ThreadPool.SetMinThreads(minWorkers + slow, minCompletions);
        }
    }

    /// <summary>How many threads of the pool are held by nobody's call. It would see to that itself, but only after half a second.</summary>
    private int LookAtPool()
    {
        var now = ThreadPool.CompletedWorkItemCount;
        var isStill = now == finished && ThreadPool.PendingWorkItemCount > 0;
        finished = now;
        (still, well) = isStill ? (still + 1, 0) : (0, well + 1);
        if (still == LooksUntilStill) (held, still) = (Math.Min(held + 1, MostHeld), 0);
        if (well == LooksUntilWell) (held, well) = (Math.Max(held - 1, 0), 0);
        return held;
    }
}
