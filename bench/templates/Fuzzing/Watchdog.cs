namespace Platform.Bench.Templates.Fuzzing;

/// <summary>Says when a worker has spent too long on one input. On a busy machine only the time it really ran counts.</summary>
internal sealed class Watchdog(Worker worker)
{
    private static readonly TimeSpan MostRunning = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(60);
    private const int TicksPerSecond = 100;

    private long input = -1;
    private TimeSpan before;

    /// <summary>Why it counts as hanging; null while it does not.</summary>
    public string? Look()
    {
        var spent = Spent();
        if (worker.Done != input) (input, before) = (worker.Done, spent);
        if (spent - before > MostRunning) return $"one input took more than {MostRunning.TotalSeconds:0} s";
        return worker.Current.Elapsed > MostWaiting ? $"one input was not done after {MostWaiting.TotalSeconds:0} s" : null;
    }

    /// <summary>Processor time of the worker's thread: user and system, the 14th and 15th field.</summary>
    private TimeSpan Spent()
    {
        if (worker.Task is not { } task) return TimeSpan.Zero;
        try
        {
            var stat = File.ReadAllText($"{task}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((double)(long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return before;
        }
    }
}
