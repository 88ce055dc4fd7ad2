namespace Platform.Host.Caching;

/// <summary>
/// How long a page takes to make at most, as far as one can tell: a moving average and four times its deviation, as TCP reckons
/// round trips, but at least twice the average, and twice what those have taken till now that are being made: all of them are slower on a busy machine.
/// </summary>
internal sealed class MakingTime(TimeProvider time)
{
    /// <summary>The longest that is reckoned with.</summary>
    internal static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Unknown = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly LinkedList<long> underway = new();
    private double average = -1;
    private double deviation;

    /// <summary>What making a page hardly exceeds now, 20 ms to 2 s; 500 ms while none was made.</summary>
    internal TimeSpan Now
    {
        get
        {
            lock (gate)
            {
                var usual = average < 0 ? Unknown : TimeSpan.FromMilliseconds(average + Math.Max(average, 4 * deviation));
                return TimeSpan.FromTicks(Math.Clamp(Math.Max(usual.Ticks, 2 * Oldest().Ticks), AtLeast.Ticks, AtMost.Ticks));
            }
        }
    }

    /// <summary>A page's making begins.</summary>
    internal LinkedListNode<long> Begin()
    {
        lock (gate) return underway.AddLast(time.GetTimestamp());
    }

    /// <summary>It has ended.</summary>
    internal void End(LinkedListNode<long> making)
    {
        var milliseconds = time.GetElapsedTime(making.Value).TotalMilliseconds;
        lock (gate)
        {
            underway.Remove(making);
            if (average < 0)
            {
                (average, deviation) = (milliseconds, milliseconds / 2);
                return;
            }

            deviation += (Math.Abs(milliseconds - average) - deviation) / 4;
            average += (milliseconds - average) / 8;
        }
    }

    /// <summary>For how long the oldest is under way of those that are not far beyond any making.</summary>
    private TimeSpan Oldest()
    {
        for (var making = underway.First; making is not null; making = making.Next)
        {
            if (time.GetElapsedTime(making.Value) is var age && age < AtMost) return age;
        }

        return TimeSpan.Zero;
    }
}
