namespace Platform.Host.Caching;

/// <summary>How long pages take to make lately: a moving average and four times its deviation, as TCP reckons round trips.</summary>
internal sealed class MakingTime
{
    private static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Unknown = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private double average = -1;
    private double deviation;

    /// <summary>What making a page hardly exceeds, 20 ms to 2 s; 500 ms while none was made.</summary>
    internal TimeSpan Lately
    {
        get
        {
            lock (gate)
            {
                if (average < 0) return Unknown;
                return TimeSpan.FromMilliseconds(Math.Clamp(average + (4 * deviation), AtLeast.TotalMilliseconds, AtMost.TotalMilliseconds));
            }
        }
    }

    /// <summary>Adds a page's time.</summary>
    internal void Add(TimeSpan took)
    {
        var milliseconds = Math.Max(0, took.TotalMilliseconds);
        lock (gate)
        {
            if (average < 0)
            {
                (average, deviation) = (milliseconds, milliseconds / 2);
                return;
            }

            deviation += (Math.Abs(milliseconds - average) - deviation) / 4;
            average += (milliseconds - average) / 8;
        }
    }
}
