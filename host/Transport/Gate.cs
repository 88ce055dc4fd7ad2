namespace Platform.Host.Transport;

/// <summary>
/// Lets one sender through each time the loop opens it. An opening that comes before anybody waits is kept, so that none is
/// lost between a full socket and the wait for it; one that was kept in vain costs one more attempt.
/// </summary>
/// <param name="passed">Called on the loop's thread where somebody has waited.</param>
internal sealed class Gate(Action passed)
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Ready = 2;

    private int state;

    /// <summary>True where it was opened since the last time; else the next <see cref="Open"/> calls the sender.</summary>
    public bool TryPass()
    {
        if (Interlocked.CompareExchange(ref state, Waiting, Idle) == Idle) return false;
        Volatile.Write(ref state, Idle);
        return true;
    }

    /// <summary>Lets the sender go on. On the loop's thread only.</summary>
    public void Open()
    {
        if (Volatile.Read(ref state) == Ready || Interlocked.Exchange(ref state, Ready) != Waiting) return;
        Volatile.Write(ref state, Idle);
        passed();
    }
}
