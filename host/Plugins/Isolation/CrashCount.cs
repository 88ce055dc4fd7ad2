namespace Platform.Host.Plugins.Isolation;

/// <summary>Counts the crashes of the last minute.</summary>
internal sealed class CrashCount
{
    private readonly Queue<long> crashes = new();

    /// <summary>How far it looks back.</summary>
    internal static TimeSpan Window { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Counts one, and says how many there are now.</summary>
    internal int Add()
    {
        lock (crashes)
        {
            var now = Environment.TickCount64;
            while (crashes.TryPeek(out var first) && now - first > Window.TotalMilliseconds) crashes.Dequeue();
            crashes.Enqueue(now);
            return crashes.Count;
        }
    }

    /// <summary>Begins anew.</summary>
    internal void Forget()
    {
        lock (crashes) crashes.Clear();
    }
}
