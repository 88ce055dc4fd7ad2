using Platform.Conformance.Cases;
using Platform.Conformance.Engines;

namespace Platform.Conformance.Report;

/// <summary>What an engine made of the cases that were put to it.</summary>
/// <param name="Name">The engine.</param>
/// <param name="Outcomes">By case; a case is missing where it was not put to it.</param>
internal sealed record Scores(string Name, IReadOnlyDictionary<SpecCase, Outcome> Outcomes)
{
    public int Failed => Outcomes.Count(entry => !entry.Value.Passed);

    public static Scores Of(IEngine engine, IEnumerable<SpecCase> cases) =>
        new(engine.Name, cases.Where(one => engine.Takes(one.Section)).ToDictionary(one => one, one => Outcome.Of(engine, one)));

    /// <summary>How many of some cases passed, and how many were put to it.</summary>
    public (int Passed, int Asked) Among(IEnumerable<SpecCase> cases)
    {
        var asked = cases.Where(Outcomes.ContainsKey).ToList();
        return (asked.Count(one => Outcomes[one].Passed), asked.Count);
    }

    public IEnumerable<(SpecCase Case, Outcome Outcome)> Failures =>
        from entry in Outcomes
        where !entry.Value.Passed
        select (entry.Key, entry.Value);
}
