using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Platform.Bench.Templates.Fuzzing;

/// <summary>Runs mutated templates on every core; ends at the first finding, whose input it leaves in a file.</summary>
internal static class FuzzRun
{
    /// <summary>A small stack, as some systems give their threads: recursion must be counted, not left to it.</summary>
    private const int StackBytes = 1024 * 1024;

    public static int Run(string corpus, string folder, long count, ulong seed)
    {
        var seeds = JsonSerializer.Deserialize<string[]>(File.ReadAllText(corpus))!;
        Directory.CreateDirectory(folder);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(i => new Worker(i, folder, seeds, seed, count)).ToList();
        var started = Stopwatch.GetTimestamp();
        foreach (var worker in workers) worker.Start(StackBytes);
        var finding = Watch(workers, folder);
        if (finding is not null)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { finding.Value.What, finding.Value.File }));
            // A worker that hangs can't be asked to end.
            Environment.Exit(0);
        }

        var slowest = workers.MaxBy(worker => worker.Longest)!;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            Executions = workers.Sum(worker => worker.Done),
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Outcomes = Enum.GetValues<Outcome>().ToDictionary(outcome => outcome.ToString(), outcome => workers.Sum(worker => worker.Outcomes[(int)outcome])),
            LongestMs = slowest.Longest.TotalMilliseconds,
            LongestFile = Write(folder, "longest", slowest.LongestText),
        }));
        return 0;
    }

    private static (string What, string File)? Watch(List<Worker> workers, string folder)
    {
        var watchdogs = workers.ToDictionary(worker => worker, worker => new Watchdog(worker));
        while (workers.Any(worker => worker.IsRunning))
        {
            foreach (var worker in workers)
            {
                if (worker.Finding is { } found) return (found, Write(folder, "finding", worker.Current.Text));
                if (watchdogs[worker].Look() is { } hang) return ($"{hang}, with model {worker.Current.Model}", Write(folder, "hang", worker.Current.Text));
            }

            workers[0].Join(TimeSpan.FromMilliseconds(100));
        }

        return workers.Find(worker => worker.Finding is not null) is { } last ? (last.Finding!, Write(folder, "finding", last.Current.Text)) : null;
    }

    /// <summary>As UTF-16, which keeps halves of letters.</summary>
    private static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, $"{name}.utf16");
        File.WriteAllBytes(path, Encoding.Unicode.GetPreamble().Concat(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan()).ToArray()).ToArray());
        return path;
    }
}
