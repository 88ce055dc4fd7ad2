namespace Platform.Host.Plugins;

/// <summary>Switches a failing plugin off for a while; after it, one call at a time tries it again.</summary>
public sealed class Breaker(int failuresUntilOff, TimeSpan off, TimeProvider time)
{
    private int failures;
    private long closedAgainAt;

    /// <summary>True while calls are refused.</summary>
    public bool IsOff => Volatile.Read(ref failures) >= failuresUntilOff && time.GetTimestamp() < Volatile.Read(ref closedAgainAt);

    /// <summary>True where a call may go on. When the time off is over, the first caller goes and the rest wait for its outcome.</summary>
    public bool TryEnter()
    {
        if (Volatile.Read(ref failures) < failuresUntilOff) return true;
        var (now, until) = (time.GetTimestamp(), Volatile.Read(ref closedAgainAt));
        return now >= until && Interlocked.CompareExchange(ref closedAgainAt, now + Ticks(off), until) == until;
    }

    /// <summary>A call was answered.</summary>
    public void Succeeded()
    {
        if (Volatile.Read(ref failures) != 0) Volatile.Write(ref failures, 0);
    }

    /// <summary>A call failed; true where this failure switches the plugin off.</summary>
    public bool Failed()
    {
        if (Interlocked.Increment(ref failures) < failuresUntilOff) return false;
        var wasOff = IsOff;
        Volatile.Write(ref closedAgainAt, time.GetTimestamp() + Ticks(off));
        return !wasOff;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
