using System.Text.Json;

namespace Platform.Bench.Templates.Escaping;

/// <summary>Every naughty line in every position, read back; prints what was found as JSON.</summary>
internal static class EscapingRun
{
    private const int MostExamples = 3;

    public static int Run(string strings)
    {
        string[] lines = [.. JsonSerializer.Deserialize<string[]>(File.ReadAllText(strings))!, .. XssLines.All];
        var own = new OwnEngine();
        using var guarded = new GuardedEngine();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            Lines = lines.Length,
            Generated = XssLines.All.Count,
            Positions = Position.All.Select(position => new
            {
                position.Name,
                IsReported = OwnEngine.IsReported(position),
                position.IsSafe,
                Own = Check(own, position, lines),
                Guarded = Check(guarded, position, lines),
            }),
        }));
        return 0;
    }

    /// <summary>The lines that came out as more or other than text.</summary>
    public static Found Check(IEscapingEngine engine, Position position, IEnumerable<string> lines)
    {
        var found = new Found();
        try
        {
            // The harmless value stands where the others will.
            var expected = new PageReading(engine.Render(position, "harmless")).Take().Structure;
            foreach (var line in lines)
            {
                var html = engine.Render(position, line);
                var page = new PageReading(html).Take();
                var fault = page.Structure != expected ? $"the page is now {page.Structure}, not {expected}" : page.Fault(position.Reading, line);
                if (fault is null) continue;
                found.Faults++;
                if (found.Examples.Count < MostExamples) found.Examples.Add($"{JsonSerializer.Serialize(line)}: {fault}: {html}");
            }
        }
        catch (Exception failure) when (failure is Templating.TemplateException or Host.Themes.TemplateException)
        {
            found.NotRendered = failure.Message;
        }

        return found;
    }

    /// <summary>What came of all lines in one position.</summary>
    internal sealed class Found
    {
        public int Faults { get; set; }

        public List<string> Examples { get; } = [];

        public string? NotRendered { get; set; }
    }
}
