using System.Text.Json;
using Platform.Bench.Templates.Differential;

namespace Platform.Templating.Tests.Proofs;

/// <summary>Cases that bench/templates/Differential/record.mjs wrote, with what Handlebars.js makes of them; <c>bench/run diff-handlebars</c> is the long form.</summary>
public class DifferentialTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Proofs", "handlebars.jsonl");

    [Fact]
    public void RecordedCases_RenderAsInHandlebarsJs()
    {
        var wrong = File.ReadLines(Cases).Select(Difference).OfType<string>().ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} cases come out otherwise than in Handlebars.js:\n{string.Join('\n', wrong.Take(5))}");
    }

    [Fact]
    public void RecordedCases_AreMany() => Assert.InRange(File.ReadLines(Cases).Count(), 300, 10_000);

    /// <summary>Expected is a text, or null where Handlebars.js has an error.</summary>
    private static string? Difference(string line)
    {
        using var document = JsonDocument.Parse(line);
        var expected = document.RootElement.GetProperty("expected").GetString();
        var (text, error) = Case.Read(line).Render().Single();
        return text == expected ? null : $"{line}\nfound {JsonSerializer.Serialize(text)} {error?.Message}";
    }
}
