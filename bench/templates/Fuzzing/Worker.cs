namespace Platform.Bench.Templates.Fuzzing;

/// <summary>One thread that runs every n-th input.</summary>
internal sealed class Worker(int number, string folder, IReadOnlyList<string> seeds, ulong seed, long count)
{
    private readonly long share = (count / Environment.ProcessorCount) + (number < count % Environment.ProcessorCount ? 1 : 0);
    private Thread? thread;

    public CurrentInput Current { get; } = new(folder, number);

    public long Done { get; private set; }

    public long[] Outcomes { get; } = new long[Enum.GetValues<Outcome>().Length];

    public TimeSpan Longest { get; private set; }

    public string LongestText { get; private set; } = "";

    /// <summary>What must not happen and did; the worker has then ended.</summary>
    public volatile string? Finding;

    /// <summary>The thread's folder in /proc, once it runs.</summary>
    public string? Task { get; private set; }

    public bool IsRunning => thread!.IsAlive;

    public void Start(int stackBytes)
    {
        thread = new Thread(Run, stackBytes) { IsBackground = true };
        thread.Start();
    }

    public void Join(TimeSpan time) => thread!.Join(time);

    private void Run()
    {
        Task = File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)?.FullName;
        var chance = new Chance(seed + ((ulong)number << 32));
        var mutator = new Mutator(chance, seeds);
        var target = new Target();
        var models = HostileData.Models;
        for (; Done < share; Done++)
        {
            var text = mutator.Next();
            // Most inputs see usual data, so that they come far.
            var model = chance.OneIn(2) ? 0 : chance.Below(models.Count);
            Current.Begin(text, model);
            try
            {
                var outcome = target.Run(text, models[model]);
                Outcomes[(int)outcome]++;
                if (outcome > Outcome.NotRead) mutator.Keep(text);
            }
            catch (FuzzFinding finding)
            {
                Finding = $"{finding.Message} (model {model}, input {Done} of worker {number})";
                return;
            }

            var took = Current.End();
            if (took <= Longest) continue;
            Longest = took;
            LongestText = text;
        }
    }
}
