namespace Platform.Host.Transport;

/// <summary>
/// A thread for work that comes alone. The runtime's pool wakes two of its threads for each piece of such work, and each of them
/// twice: that costs more than most pages. This one is woken once.
/// </summary>
internal sealed class SideThread
{
    private const ulong HasWork = 1;
    private const ulong IsDismissed = 2;

    [ThreadStatic]
    private static bool isCurrent;

    private readonly int signals;
    private Action? work;
    private long startedMs;
    private volatile bool isAtWork;

    private SideThread(int signals) => this.signals = signals;

    /// <summary>True on such a thread.</summary>
    public static bool IsCurrent => isCurrent;

    /// <summary>Starts one; null where the system has no descriptor or no thread left.</summary>
    public static SideThread? TryStart(string name)
    {
        var signals = Libc.CreateEvent(mayWait: true);
        if (signals < 0) return null;
        var side = new SideThread(signals);
        try
        {
            new Thread(side.Run) { IsBackground = true, Name = name }.Start();
            return side;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            _ = Libc.Close(signals);
            return null;
        }
    }

    /// <summary>How many milliseconds it has been at work.</summary>
    public long AtWorkMs => isAtWork ? Environment.TickCount64 - startedMs : 0;

    /// <summary>Has something done. Only ever called by the same thread, as <see cref="Dismiss"/> is.</summary>
    /// <returns>False where it is still at work.</returns>
    public bool TryRun(Action action)
    {
        if (isAtWork) return false;
        (work, startedMs) = (action, Environment.TickCount64);
        isAtWork = true;
        Libc.Signal(signals, HasWork);
        return true;
    }

    /// <summary>Ends the thread once it is through with its work. It is called no more.</summary>
    public void Dismiss() => Libc.Signal(signals, IsDismissed);

    private void Run()
    {
        isCurrent = true;
        for (var sum = 0UL; (sum & IsDismissed) == 0;)
        {
            // What was signalled meanwhile comes as one sum.
            sum = Libc.Await(signals);
            if ((sum & HasWork) == 0) continue;
            PoolThread.Run(work!);
            // A plugin may have kept the process from ending with it, as none can on a thread of the pool.
            Thread.CurrentThread.IsBackground = true;
            work = null;
            isAtWork = false;
        }

        _ = Libc.Close(signals);
    }
}
