using Platform.Host.Configuration;
using Platform.Templating;
using Platform.Templating.Analysis;

namespace Platform.Host.Themes;

/// <summary>
/// Holds templates against their theme: are the partials and helpers there that they call? The answer depends on the theme: a
/// file of several themes is in force where at least one has all it needs, and what the others miss is said. All of it is found
/// when it is first asked for: it takes parsing every template.
/// </summary>
internal sealed class ThemeCheck
{
    private const int ProblemsPerFile = 20;
    private const string PublicWidgets = "public/widgets/";

    private readonly List<(ThemeAnalysis Analysis, HashSet<string> Partials)> themes = [];
    private readonly IReadOnlyDictionary<string, KeptSource> kept;
    private readonly Lazy<(IReadOnlyList<Problem> Errors, IReadOnlyList<string> Refused)> found;

    /// <summary>A check of the newest of all files.</summary>
    public ThemeCheck(TemplateLayers layers, IReadOnlyDictionary<string, KeptSource> kept, TemplateSetup setup)
    {
        this.kept = kept;
        found = new(() => Run(layers, setup));
    }

    /// <summary>Why files can't be rendered.</summary>
    public IReadOnlyList<Problem> Errors => found.Value.Errors;

    /// <summary>The files that are templates, and that no theme can render.</summary>
    public IReadOnlyList<string> Refused => found.Value.Refused;

    /// <summary>What works and is worth a look, of the files in force.</summary>
    public IReadOnlyList<Problem> Remarks(Severity severity)
    {
        _ = found.Value;
        var remarks = themes.SelectMany(theme => theme.Analysis.Findings).Where(finding => finding.Severity == severity).GroupBy(finding => finding);
        return [.. remarks.Where(same => IsInForce(same.Key.Place.File) && (same.Key.Kind != FindingKind.Unused || IsUnused(same.Key.Place.File, same.Count()))).Select(same => ProblemOf(same.Key))];
    }

    private (IReadOnlyList<Problem> Errors, IReadOnlyList<string> Refused) Run(TemplateLayers layers, TemplateSetup setup)
    {
        List<Problem> problems = [.. kept.Values.SelectMany(entry => entry.Newest.Problems)];
        var fits = new HashSet<string>(StringComparer.Ordinal);
        var misses = new SortedDictionary<string, List<Problem>>(StringComparer.Ordinal);
        IReadOnlyList<Helper> helpers = [.. HostHelpers.Names, .. setup.Helpers];
        foreach (var theme in layers.Themes)
        {
            var (pages, partials) = (layers.Pages(theme), layers.Partials(theme));
            var analysis = Add(theme, pages, partials, helpers, setup.Data);
            foreach (var file in pages.Values.Concat(partials.Values).Distinct())
            {
                // What the engine has refused is refused; what it takes and we can't read is its own affair.
                if (kept[file].Newest is not { Problem: null, Syntax: { Error: null } syntax }) continue;
                var errors = analysis.Errors(syntax).Where(finding => finding.Severity == Severity.Error).Select(ProblemOf).ToList();
                if (errors.Count == 0) fits.Add(file);
                else Add(misses, file, errors);
            }
        }

        problems.AddRange(misses.Values.SelectMany(missed => missed));
        return (problems, [.. misses.Keys.Where(file => !fits.Contains(file))]);
    }

    private ThemeAnalysis Add(string theme, Dictionary<string, string> pages, Dictionary<string, string> partials, IReadOnlyList<Helper> helpers, DataKeys? data)
    {
        var files = partials.Values.ToHashSet(StringComparer.Ordinal);
        var own = pages.Where(page => !files.Contains(page.Value) && !page.Key.StartsWith(PublicWidgets, StringComparison.Ordinal));
        var analysis = new ThemeAnalysis(new(theme, Syntaxes(own), Syntaxes(partials)) { Helpers = helpers, Data = data });
        themes.Add((analysis, files));
        return analysis;
    }

    private Dictionary<string, TemplateSyntax> Syntaxes(IEnumerable<KeyValuePair<string, string>> files) =>
        files.ToDictionary(file => file.Key, file => kept[file.Value].Newest.Syntax, StringComparer.Ordinal);

    private bool IsInForce(string file) => kept[file] is var entry && ReferenceEquals(entry.Newest, entry.InForce);

    /// <summary>No theme that has it calls it; a plugin's partials are there for themes to come.</summary>
    private bool IsUnused(string file, int themesThatDoNotCall) =>
        file.StartsWith(TemplateSetup.Folder, StringComparison.Ordinal) && themesThatDoNotCall == themes.Count(theme => theme.Partials.Contains(file));

    private static Problem ProblemOf(Finding finding) => new(finding.Place.File, finding.Place.Line, finding.Place.Column, finding.Message);

    private static void Add(SortedDictionary<string, List<Problem>> misses, string file, List<Problem> errors)
    {
        if (!misses.TryGetValue(file, out var list)) misses[file] = list = [];
        list.AddRange(errors.Where(error => !list.Contains(error)).Take(ProblemsPerFile - list.Count));
    }
}
