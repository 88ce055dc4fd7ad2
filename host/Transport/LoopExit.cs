namespace Platform.Host.Transport;

/// <summary>
/// Where work leaves an event loop, which must not wait: to a thread beside the loop, where that is free, else to the runtime's
/// pool. So nothing ever stands behind what may wait itself.
/// </summary>
internal sealed class LoopExit(string name)
{
    /// <summary>Longer than any page takes that does not wait.</summary>
    private const long PatienceMs = 100;

    [ThreadStatic]
    private static LoopExit? current;

    private SideThread? beside;

    /// <summary>Hands over what must not be done on a loop's thread.</summary>
    public static void Leave(Action work)
    {
        if (current is not { } exit || !exit.TryRun(work)) ThreadPool.UnsafeQueueUserWorkItem(PoolThread.Run, work, preferLocal: false);
    }

    /// <summary>From here on this thread's work leaves here.</summary>
    public void Open() => current = this;

    /// <summary>This thread's work leaves here no longer.</summary>
    public void Close()
    {
        current = null;
        beside?.Dismiss();
    }

    private bool TryRun(Action work)
    {
        if (beside is { AtWorkMs: > PatienceMs })
        {
            // It waits, perhaps for ever: another takes its place.
            beside.Dismiss();
            beside = null;
        }

        beside ??= SideThread.TryStart(name);
        return beside is not null && beside.TryRun(work);
    }
}
