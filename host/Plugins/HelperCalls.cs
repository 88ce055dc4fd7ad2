namespace Platform.Host.Plugins;

/// <summary>The helpers of one plugin that are at work, as the watchdog sees them. A page calls hundreds: entering and leaving takes no lock.</summary>
internal sealed class HelperCalls
{
    private readonly Slot[] slots = [.. Enumerable.Range(0, Math.Max(64, 4 * Environment.ProcessorCount)).Select(_ => new Slot())];

    /// <summary>True where none is at work.</summary>
    internal bool AreFree => Array.TrueForAll(slots, slot => slot.IsFree);

    /// <summary>A helper begins.</summary>
    /// <returns>Its place; null where so many are at work that most of them must hang.</returns>
    internal Slot? Enter(PluginHelper helper)
    {
        var first = Environment.CurrentManagedThreadId;
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[(first + i) % slots.Length];
            if (slot.TryEnter(helper)) return slot;
        }

        return null;
    }

    /// <summary>Gives up those past their deadline.</summary>
    /// <returns>How many are slow.</returns>
    internal int Look(TimeSpan slow, TimeSpan deadline)
    {
        var count = 0;
        foreach (var slot in slots)
        {
            if (slot.Look(deadline) >= slow.TotalMilliseconds) count++;
        }

        return count;
    }

    /// <summary>The place of one call: free, claimed, running or given up, and of which call, so that the watchdog never takes one for the next.</summary>
    internal sealed class Slot
    {
        private const long Free = 0, Claimed = 1, Running = 2, GivenUp = 3, States = 4;

        private long state;
        private long since;
        private HelperTurn? turn;
        private PluginHelper? helper;

        internal bool IsFree => Volatile.Read(ref state) % States == Free;

        /// <summary>True where its call is past its deadline.</summary>
        internal bool IsGivenUp => Volatile.Read(ref state) % States == GivenUp;

        /// <summary>How long it has been at work, in ms.</summary>
        internal long Age => Environment.TickCount64 - Volatile.Read(ref since);

        /// <summary>The block of its call is rendered: that is none of its own time.</summary>
        internal void Rest() => since = long.MaxValue;

        /// <summary>The block is rendered.</summary>
        internal void GoOn() => since = Environment.TickCount64;

        internal bool TryEnter(PluginHelper called)
        {
            var seen = Volatile.Read(ref state);
            if (seen % States != Free || Interlocked.CompareExchange(ref state, seen + Claimed, seen) != seen) return false;
            (since, turn, helper) = (Environment.TickCount64, HelperTurn.Current, called);
            Volatile.Write(ref state, seen + Running);
            return true;
        }

        /// <summary>The call has come back.</summary>
        /// <returns>True where it was given up.</returns>
        internal bool Leave()
        {
            var was = Volatile.Read(ref state);
            while (true)
            {
                var seen = Interlocked.CompareExchange(ref state, was - (was % States) + States, was);
                if (seen == was) return was % States == GivenUp;
                was = seen;
            }
        }

        /// <summary>Gives it up where it is past its deadline.</summary>
        /// <returns>How long it has been at work, in ms; 0 where none is.</returns>
        internal long Look(TimeSpan deadline)
        {
            var seen = Volatile.Read(ref state);
            if (seen % States < Running) return 0;
            var (age, waiting, called) = (Age, turn, helper);
            if (seen % States == Running && age >= deadline.TotalMilliseconds && Interlocked.CompareExchange(ref state, seen - Running + GivenUp, seen) == seen) called!.GaveUp(waiting);
            return age;
        }
    }
}
