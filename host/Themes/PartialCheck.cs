using Platform.Host.Configuration;
using Platform.Host.Themes.Checking;

namespace Platform.Host.Themes;

/// <summary>
/// Are the partials that templates name there? The answer depends on the theme: a file of several themes is in force where
/// at least one of them has all its partials, and what the others miss is said.
/// </summary>
internal static class PartialCheck
{
    public static void Run(TemplateLayers layers, Dictionary<string, KeptSource> kept, List<Problem> problems)
    {
        foreach (var entry in kept.Values) problems.AddRange(entry.Newest.Problems);
        var fits = new HashSet<string>(StringComparer.Ordinal);
        var misses = new SortedDictionary<string, List<Problem>>(StringComparer.Ordinal);
        foreach (var theme in layers.Themes)
        {
            var partials = layers.Partials(theme);
            var files = layers.Pages(theme).Values.Concat(partials.Values).Distinct().ToList();
            var inlines = files.SelectMany(file => kept[file].Newest.Report.Inlines).ToHashSet(StringComparer.Ordinal);
            foreach (var file in files)
            {
                var missing = kept[file].Newest.Report.Partials.Where(p => !p.MayBeMissing && !partials.ContainsKey(p.Name) && !inlines.Contains(p.Name)).ToList();
                if (missing.Count == 0) fits.Add(file);
                foreach (var partial in missing) Add(misses, file, Missing(file, partial, theme, partials.Keys));
            }
        }

        foreach (var (file, found) in misses)
        {
            problems.AddRange(found);
            if (!fits.Contains(file)) kept[file] = kept[file] with { IsRefused = true };
        }
    }

    private static Problem Missing(string file, PartialReference partial, string theme, IEnumerable<string> known) => new(
        file, partial.Line, partial.Column, $"partial '{partial.Name}' is not in theme '{theme}'.{NearestName.Question(partial.Name, known)} Create it, or correct the name.");

    private static void Add(SortedDictionary<string, List<Problem>> misses, string file, Problem problem)
    {
        if (!misses.TryGetValue(file, out var list)) misses[file] = list = [];
        if (list.Count < CheckLimits.ProblemsPerFile) list.Add(problem);
    }
}
