using System.Collections.Concurrent;
using Platform.Templating.Analysis.Facts;
using Platform.Templating.Analysis.Html;

namespace Platform.Templating.Analysis;

/// <summary>What is to be analysed together: the templates of one theme and what is known of those who use them.</summary>
/// <param name="Name">The theme, for messages.</param>
/// <param name="Pages">What can be asked for, by name; a partial is none.</param>
/// <param name="Partials">What templates call, by name.</param>
public sealed record ThemeTemplates(string Name, IReadOnlyDictionary<string, TemplateSyntax> Pages, IReadOnlyDictionary<string, TemplateSyntax> Partials)
{
    /// <summary>Helpers beside the built-in ones.</summary>
    public IReadOnlyList<Helper> Helpers { get; init; } = [];

    /// <summary>The data that pages have; null where nothing is said of them.</summary>
    public DataKeys? Data { get; init; }
}

/// <summary>What a page can read, for what depends on it.</summary>
/// <param name="Partials">The names of the partials.</param>
/// <param name="Keys">The top-level keys of the data, those under which blocks of helpers may find something included. What helpers read of the context by themselves is not known.</param>
/// <param name="IsWhole">It can read all data: a page that prints or hands over all of it, or is too much to follow.</param>
public sealed record PageReads(IReadOnlySet<string> Partials, IReadOnlySet<string> Keys, bool IsWhole)
{
    /// <summary>The names that may be calls of helpers, in the page and in the partials it can call.</summary>
    public required IReadOnlySet<string> Helpers { get; init; }
}

/// <summary>The analysis of one theme. Immutable but for what is found when first asked for; safe for concurrent use.</summary>
public sealed class ThemeAnalysis
{
    private readonly ThemeTemplates theme;
    private readonly Lazy<CallCheck> calls;
    private readonly ConcurrentDictionary<string, DataWalk> walks = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<Finding>> findings;

    /// <summary>An analysis; nothing is done before it is asked.</summary>
    public ThemeAnalysis(ThemeTemplates theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        this.theme = theme;
        calls = new(() => new(theme));
        findings = new(() => [.. Find().Distinct().OrderBy(f => f.Place.File, StringComparer.Ordinal).ThenBy(f => f.Place.Line).ThenBy(f => f.Place.Column)]);
    }

    /// <summary>All that was found, by file and place.</summary>
    public IReadOnlyList<Finding> Findings => findings.Value;

    /// <summary>What keeps a template from being used: that it can't be read, or calls partials or helpers that are not there. In file order.</summary>
    /// <remarks>Needs no walk through the pages, so it may be asked of every change.</remarks>
    public IEnumerable<Finding> Errors(TemplateSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        return calls.Value.Of(syntax);
    }

    /// <summary>What a page can read.</summary>
    /// <exception cref="KeyNotFoundException">There is no such page.</exception>
    public PageReads Dependencies(string page)
    {
        var walk = Walk(page);
        var keys = walk.Uses.Select(use => use.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var isWhole = keys.Remove("") || !walk.IsWhole;
        var called = walk.Reached.Select(name => theme.Partials.GetValueOrDefault(name)).OfType<TemplateSyntax>().Prepend(theme.Pages[page]).SelectMany(syntax => syntax.Facts.Helpers).Select(helper => helper.Name);
        return new(walk.Reached, keys, isWhole) { Helpers = called.Concat(walk.Uses.Where(use => use.MayBeHelper).Select(use => use.Path)).ToHashSet(StringComparer.Ordinal) };
    }

    private IEnumerable<Finding> Find()
    {
        foreach (var syntax in theme.Pages.Values.Concat(theme.Partials.Values).Distinct())
        {
            foreach (var finding in calls.Value.Of(syntax).Concat(syntax.Facts.Unreachable)) yield return finding;
        }

        var reached = AllWalks().SelectMany(walk => walk.Reached).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, partial) in theme.Partials)
        {
            if (!reached.Contains(name)) yield return new(FindingKind.Unused, new(partial.Source.File, 1, 1), Severity.Warning, $"no page calls the partial \"{name}\". Call it, or delete the file.");
        }

        foreach (var finding in Output(reached).Concat(UnknownData())) yield return finding;
    }

    private IReadOnlyList<Finding> Output(HashSet<string> reached)
    {
        var html = new HtmlWalk(theme.Partials);
        foreach (var page in theme.Pages.Values) html.Page(page);
        foreach (var (name, partial) in theme.Partials)
        {
            if (!reached.Contains(name)) html.Page(partial);
        }

        return html.Findings;
    }

    private IEnumerable<Finding> UnknownData()
    {
        if (theme.Data is not { } known) yield break;
        var free = BuiltinHelpers.All.Concat(theme.Helpers).Where(helper => helper.Least == 0).Select(helper => helper.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var use in AllWalks().SelectMany(walk => walk.Uses).DistinctBy(use => (use.Source.File, use.Start, use.Path)))
        {
            if (use.IsRelative || (use.MayBeHelper && free.Contains(use.Path))) continue;
            if (known.Complaint(use.Path) is { } complaint) yield return new(FindingKind.Data, use.Place, Severity.Warning, complaint);
        }
    }

    private IEnumerable<DataWalk> AllWalks() => theme.Pages.Keys.Select(Walk);

    private DataWalk Walk(string page) => walks.GetOrAdd(
        page,
        static (page, theme) =>
        {
            var walk = new DataWalk(theme.Partials);
            walk.Page(theme.Pages[page]);
            return walk;
        },
        theme);
}
