using Platform.Conformance.Cases;

namespace Platform.Conformance.Report;

/// <summary>Prints what a reader wants to know, the most important first.</summary>
internal static class Tables
{
    private const int Excerpt = 150;

    public static void Sections(IReadOnlyList<SpecCase> cases, IReadOnlyList<Scores> engines)
    {
        Console.WriteLine($"{"section",-20}{"cases",6}{"applicable",12}{string.Concat(engines.Select(engine => $"{engine.Name,22}"))}");
        foreach (var section in Cases.Sections.All.Where(section => section != Cases.Sections.Tokenizer)) Row(section, [.. cases.Where(one => one.Section == section)]);
        Row("specification", [.. cases.Where(one => one.Section != Cases.Sections.Tokenizer)]);
        Row(Cases.Sections.Tokenizer, [.. cases.Where(one => one.Section == Cases.Sections.Tokenizer)]);

        void Row(string name, IReadOnlyList<SpecCase> rows)
        {
            var cells = engines.Select(engine => engine.Among(rows) is { Asked: > 0 } found ? $"{found.Passed}/{found.Asked}" : "–");
            Console.WriteLine($"{name,-20}{rows.Count,6}{rows.Count(one => Inapplicable.Of(one) is null),12}{string.Concat(cells.Select(cell => $"{cell,22}"))}");
        }
    }

    /// <summary>Each failure with what was expected and what came.</summary>
    public static void Failures(Scores engine)
    {
        Console.WriteLine();
        Console.WriteLine(engine.Failed == 0 ? $"{engine.Name} fails no case that was put to it." : $"{engine.Name} fails {engine.Failed}:");
        foreach (var (one, outcome) in engine.Failures)
        {
            Console.WriteLine($"  {one.Id}: {one.Title}");
            Console.WriteLine($"      template {Short(one.Template)}");
            Console.WriteLine($"      expected {Short(one.Expected)}");
            Console.WriteLine($"      found    {Short(outcome.Got)}");
        }
    }

    /// <summary>The failures by their numbers alone.</summary>
    public static void FailureNumbers(Scores engine)
    {
        Console.WriteLine();
        Console.WriteLine($"{engine.Name} fails {engine.Failed}:");
        foreach (var section in engine.Failures.GroupBy(failure => failure.Case.Section)) Console.WriteLine($"  {section.Key,-20}{string.Join(' ', section.Select(failure => failure.Case.Index))}");
    }

    public static void NotApplicable(IReadOnlyList<SpecCase> cases)
    {
        Console.WriteLine();
        Console.WriteLine($"{"not applicable in C#",-30}{"cases",6}  why");
        foreach (var reason in Inapplicable.All) Console.WriteLine($"{reason.What,-30}{cases.Count(one => Inapplicable.Of(one) == reason),6}  {reason.Why}");
        Console.WriteLine($"{"together",-30}{cases.Count(one => Inapplicable.Of(one) is not null),6}");
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings("⏎");
        return line.Length <= Excerpt ? line : line[..Excerpt] + "…";
    }
}
