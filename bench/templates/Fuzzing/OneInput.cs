using System.Diagnostics;
using System.Text;

namespace Platform.Bench.Templates.Fuzzing;

/// <summary>One kept input again, with every model: what came of it, and how long it took.</summary>
internal static class OneInput
{
    public static int Run(string file)
    {
        var text = File.ReadAllText(file, Encoding.Unicode);
        var target = new Target(analysedEach: 1);
        foreach (var (i, model) in HostileData.Models.Index())
        {
            var started = Stopwatch.GetTimestamp();
            var said = "";
            try
            {
                said = target.Run(text, model).ToString();
            }
            catch (FuzzFinding finding)
            {
                said = finding.Message;
            }

            Console.WriteLine($"model {i}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, {said}");
        }

        return 0;
    }
}
