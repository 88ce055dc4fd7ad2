using Platform.Host.Configuration;
using Platform.Templating;
using Platform.Templating.Analysis;

namespace Platform.Host.Themes;

/// <summary>
/// Holds templates against their theme: are the partials and helpers there that they call? The answer depends on the theme: a
/// file of several themes is in force where at least one has all it needs, and what the others miss is said.
/// </summary>
internal sealed class ThemeCheck
{
    private const int ProblemsPerFile = 20;
    private const string PublicWidgets = "public/widgets/";

    private readonly List<(ThemeAnalysis Analysis, HashSet<string> Partials)> themes = [];
    private readonly IReadOnlyDictionary<string, KeptSource> kept;

    private ThemeCheck(IReadOnlyDictionary<string, KeptSource> kept) => this.kept = kept;

    /// <summary>Refuses in <paramref name="kept"/> what no theme can render, and says why.</summary>
    public static ThemeCheck Run(TemplateLayers layers, Dictionary<string, KeptSource> kept, TemplateSetup setup, List<Problem> problems)
    {
        foreach (var entry in kept.Values) problems.AddRange(entry.Newest.Problems);
        var check = new ThemeCheck(kept);
        var fits = new HashSet<string>(StringComparer.Ordinal);
        var misses = new SortedDictionary<string, List<Problem>>(StringComparer.Ordinal);
        IReadOnlyList<Helper> helpers = [.. HostHelpers.Names, .. setup.Helpers];
        foreach (var theme in layers.Themes)
        {
            var (pages, partials) = (layers.Pages(theme), layers.Partials(theme));
            var analysis = check.Add(theme, pages, partials, helpers, setup.Data);
            foreach (var file in pages.Values.Concat(partials.Values).Distinct())
            {
                // What the engine has refused is refused; what it takes and we can't read is its own affair.
                if (kept[file].Newest is not { Problem: null, Syntax: { Error: null } syntax }) continue;
                var errors = analysis.Errors(syntax).Where(finding => finding.Severity == Severity.Error).Select(ProblemOf).ToList();
                if (errors.Count == 0) fits.Add(file);
                else Add(misses, file, errors);
            }
        }

        foreach (var (file, found) in misses)
        {
            problems.AddRange(found);
            if (!fits.Contains(file)) kept[file] = kept[file] with { IsRefused = true };
        }

        return check;
    }

    /// <summary>What works and is worth a look, of the files in force.</summary>
    public IReadOnlyList<Problem> Remarks(Severity severity)
    {
        var found = themes.SelectMany(theme => theme.Analysis.Findings).Where(finding => finding.Severity == severity).GroupBy(finding => finding);
        return [.. found.Where(same => IsInForce(same.Key.Place.File) && (same.Key.Kind != FindingKind.Unused || IsUnused(same.Key.Place.File, same.Count()))).Select(same => ProblemOf(same.Key))];
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
