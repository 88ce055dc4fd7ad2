using System.Text.Json;
using Platform.Conformance.Cases;
using Platform.Conformance.Engines;

namespace Platform.Conformance.Report;

/// <summary>What handlebars.js made of the cases, as control.mjs wrote it down.</summary>
internal static class Control
{
    public static Scores Read(string file, IReadOnlyList<SpecCase> cases)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var found = json.RootElement.EnumerateArray().ToDictionary(
            result => (result.GetProperty("section").GetString()!, result.GetProperty("index").GetInt32()),
            result => new Outcome(result.GetProperty("passed").GetBoolean(), result.GetProperty("got").GetString()!));
        return new("handlebars.js", cases.ToDictionary(one => one, one => found.GetValueOrDefault((one.Section, one.Index), new(false, "no result"))));
    }
}
