namespace Platform.Host.Plugins.Isolation;

/// <summary>Counts the crashes of the last minute.</summary>
internal sealed class CrashCount(int limit)
{
    private readonly Queue<long> crashes = new();

    /// <summary>How far it looks back.</summary>
    internal static TimeSpan Window { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Counts one; true where they are now as many as the limit.</summary>
    internal bool Add()
    {
        lock (crashes)
        {
            var now = Environment.TickCount64;
            while (crashes.TryPeek(out var first) && now - first > Window.TotalMilliseconds) crashes.Dequeue();
            crashes.Enqueue(now);
            return crashes.Count >= limit;
        }
    }

    /// <summary>Begins anew.</summary>
    internal void Forget()
    {
        lock (crashes) crashes.Clear();
    }
}
