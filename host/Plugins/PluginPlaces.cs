namespace Platform.Host.Plugins;

/// <summary>The places for a plugin's calls under way (bulkhead), and the calls that wait for one: who came first is first.</summary>
internal sealed class PluginPlaces(int count)
{
    private readonly Lock change = new();
    private readonly PluginCall?[] taken = new PluginCall?[count];
    private readonly Queue<PluginCall> waiting = new();
    private int free = count;

    /// <summary>The calls that hold a place; null where one is free. Read without a lock.</summary>
    internal ReadOnlySpan<PluginCall?> Taken => taken;

    /// <summary>True where all are free.</summary>
    internal bool AreFree => Volatile.Read(ref free) == taken.Length;

    /// <summary>How many are held by calls that were given up.</summary>
    internal int Hung
    {
        get
        {
            var hung = 0;
            foreach (var call in taken) hung += call is { IsGivenUp: true } ? 1 : 0;
            return hung;
        }
    }

    /// <summary>Gives a call a place, or else lets it wait for one.</summary>
    /// <param name="call">The call; with a place, the caller starts it.</param>
    /// <param name="mayWait">False where nobody is to wait.</param>
    /// <returns>True with a place, false where it waits, null where it may not.</returns>
    internal bool? Enter(PluginCall call, bool mayWait)
    {
        lock (change)
        {
            if (free == 0)
            {
                if (!mayWait) return null;
                waiting.Enqueue(call);
                return false;
            }

            free--;
            taken[Array.IndexOf(taken, null)] = call;
            return true;
        }
    }

    /// <summary>Takes a call's place back.</summary>
    /// <returns>The call that has it now, which the caller starts; null for none.</returns>
    internal PluginCall? Leave(PluginCall call)
    {
        lock (change)
        {
            var place = Array.IndexOf(taken, call);
            if (waiting.TryDequeue(out var next)) next.Begin();
            else free++;
            taken[place] = next;
            return next;
        }
    }

    /// <summary>Takes those calls out that have waited as long as they may.</summary>
    internal IReadOnlyList<PluginCall> Expired()
    {
        lock (change)
        {
            if (!waiting.Any(static call => call.IsLate)) return [];
            var late = waiting.Where(static call => call.IsLate).ToList();
            var left = waiting.Where(call => !late.Contains(call)).ToList();
            waiting.Clear();
            foreach (var call in left) waiting.Enqueue(call);
            return late;
        }
    }
}
