using System.Text.Json;
using Platform.Conformance.Cases;
using Platform.Conformance.Engines;
using Platform.Conformance.Report;

// Platform.Conformance SPEC-FOLDER CONTROL-RESULTS FIGURES [--all]: puts every case to every engine, prints the tables, writes the figures as JSON.
if (args is not [var spec, var results, var figures, .. var more] || more is not ([] or ["--all"]))
{
    Console.Error.WriteLine($"{args.Length} arguments found; expected the folder of the cases, the control's results, a file for the figures. Use tests/conformance/run.");
    return 2;
}

var cases = SpecCase.Load(spec);
var applicable = cases.Where(one => Inapplicable.Of(one) is null).ToList();
var control = Control.Read(results, cases);
var ours = Scores.Of(new TemplatingEngine(), applicable);
var library = Scores.Of(new LibraryEngine(), applicable);
var scratch = Directory.CreateTempSubdirectory("conformance-");
Scores guarded;
try
{
    guarded = Scores.Of(new GuardedEngine(applicable, scratch.FullName), applicable);
}
finally
{
    scratch.Delete(recursive: true);
}

Tables.Sections(cases, [control, ours, library, guarded]);
Tables.Failures(control);
Tables.Failures(ours);
foreach (var engine in new[] { library, guarded })
{
    if (more is ["--all"]) Tables.Failures(engine);
    else Tables.FailureNumbers(engine);
}

Tables.NotApplicable(cases);

File.WriteAllText(figures, JsonSerializer.Serialize(new[] { control, ours, library, guarded }.Select(engine =>
{
    var (passed, asked) = engine.Among(cases.Where(one => one.Section != Sections.Tokenizer));
    return new { name = engine.Name, passed, asked, failed = engine.Failed };
})));

// A specification with fewer cases than it had would prove less than it says.
var missing = Math.Max(0, Sections.Cases + Sections.TokenizerCases - cases.Count);
if (missing > 0) Console.WriteLine($"{missing} cases of the specification are missing.");
var failed = ours.Failed + control.Failed + missing;
Console.WriteLine();
Console.WriteLine($"{ours.Outcomes.Count - ours.Failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
