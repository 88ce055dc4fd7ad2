using BasSite.Content;
using BasSite.News;
using Platform.Sdk;

namespace BasSite.Search;

/// <summary>The search over articles and the page about the house: best first, then newest.</summary>
internal sealed class SearchPage(SiteSettings settings, IReadOnlyList<Article> articles, Leaf? about)
{
    private const int InTitle = 12;
    private const int InSummary = 5;
    private const int MostInText = 4;
    private const int WholePhrase = 8;

    private readonly Entry[] entries =
    [
        .. articles.Select(a => new Entry(a.Title, a.Summary, a.Body.Text, a.Url, a.Day, a.Tags[0])),
        .. about is null ? Array.Empty<Entry>() : [new Entry(about.Title, about.Summary, about.Body.Text, "/about", null, null)],
    ];

    /// <returns>Null where there is no such page of results.</returns>
    public PageData? For(string? query, int? number)
    {
        var words = new Words(query);
        var found = words.List.Count == 0 ? [] : Found(words);
        var pages = Math.Max(1, (found.Length + settings.PageSize - 1) / settings.PageSize);
        if (number is not { } page || page > pages) return null;
        return new()
        {
            ["section"] = "search",
            ["title"] = "Search",
            ["q"] = words.Query,
            ["searched"] = words.List.Count > 0,
            ["total"] = found.Length,
            ["results"] = found.Skip((page - 1) * settings.PageSize).Take(settings.PageSize).Select(entry => Result(entry, words)),
            ["pagination"] = Pagination.Of(page, pages, n => Pagination.Address("/search", "q", words.Query, n)),
            Tags = ["news"],
        };
    }

    // A stable sort keeps the articles' own order, newest first, among equals.
    private Entry[] Found(Words words) =>
        [.. entries.Select(entry => (Entry: entry, Rank: Rank(entry, words))).Where(f => f.Rank > 0).OrderByDescending(f => f.Rank).Select(f => f.Entry)];

    private static int Rank(Entry entry, Words words)
    {
        var rank = 0;
        foreach (var word in words.List)
        {
            var points = (Has(entry.Title, word) ? InTitle : 0) + (Has(entry.Summary, word) ? InSummary : 0) + Count(entry.Text, word);
            if (points == 0) return 0;
            rank += points;
        }

        return words.List.Count > 1 && (Has(entry.Title, words.Query) || Has(entry.Text, words.Query)) ? rank + WholePhrase : rank;
    }

    private static DataMap Result(Entry entry, Words words) => new()
    {
        ["url"] = entry.Url,
        ["date"] = entry.Day,
        ["topic"] = entry.Topic,
        ["title"] = Excerpt.Mark(entry.Title, words),
        ["excerpt"] = Excerpt.Around(words.Hits(entry.Text).Any() ? entry.Text : entry.Summary, words),
    };

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static int Count(string text, string word)
    {
        var count = 0;
        for (var at = 0; count < MostInText && (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += word.Length) count++;
        return count;
    }

    private sealed record Entry(string Title, string Summary, string Text, string Url, string? Day, string? Topic);
}
