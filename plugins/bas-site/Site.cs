using BasSite.Content;
using BasSite.News;
using BasSite.Search;
using Platform.Sdk;

namespace BasSite;

/// <summary>
/// Everything the site can say, built once for one state of the content folder and never changed: a request only looks
/// its page up. What is handed out is frozen here, because many requests share it.
/// </summary>
internal sealed class Site
{
    private readonly Dictionary<string, PageData[]> lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PageData> articlePages = new(StringComparer.Ordinal);

    /// <param name="articles">No two with the same id.</param>
    public Site(SiteSettings settings, IReadOnlyList<Article> articles, IReadOnlyList<Department> departments, IReadOnlyList<Leaf> leaves)
    {
        Article[] newestFirst = [.. articles.OrderByDescending(a => a.Date).ThenByDescending(a => a.Id)];
        All = new(null, newestFirst, settings.PageSize);
        Tags = newestFirst.SelectMany(a => a.Tags).Distinct().Order(StringComparer.Ordinal)
            .ToDictionary(tag => tag, tag => new ArticleList(tag, newestFirst.Where(a => a.Tags.Contains(tag)), settings.PageSize), StringComparer.Ordinal);
        BySlug = newestFirst.ToDictionary(a => a.Slug, StringComparer.Ordinal);
        ById = newestFirst.ToDictionary(a => a.Id);

        var pages = new PageBuilder(settings, this);
        foreach (var list in Tags.Values.Append(All)) lists[list.Tag ?? ""] = [.. Enumerable.Range(1, list.PageCount).Select(n => pages.News(list, n))];
        foreach (var article in newestFirst) articlePages[article.Slug] = pages.Article(article);
        var leaf = leaves.ToDictionary(l => l.Name, StringComparer.Ordinal);
        Home = pages.Home(leaf.GetValueOrDefault("home"), departments);
        About = pages.About(leaf.GetValueOrDefault("about"));
        Warning = pages.Warning(leaf.GetValueOrDefault("warning"));
        Feed = pages.Feed();
        Global = pages.Global();
        NotFound = PageBuilder.NotFound();
        Search = new(settings, newestFirst, leaf.GetValueOrDefault("about"));
        IsEmpty = articles.Count + leaves.Count == 0;
    }

    /// <summary>True where no file could be read.</summary>
    public bool IsEmpty { get; }

    public ArticleList All { get; }

    public IReadOnlyDictionary<string, ArticleList> Tags { get; }

    public IReadOnlyDictionary<string, Article> BySlug { get; }

    public IReadOnlyDictionary<int, Article> ById { get; }

    public PageData Home { get; }

    public PageData? About { get; }

    public PageData Warning { get; }

    public PageData Feed { get; }

    public PageData Global { get; }

    public PageData NotFound { get; }

    public SearchPage Search { get; }

    public PageData News(string? tag, int? page) =>
        lists.TryGetValue(tag ?? "", out var pages) && page <= pages.Length ? pages[page.Value - 1] : NotFound;

    public PageData Article(string? slug) => articlePages.GetValueOrDefault(slug ?? "", NotFound);
}
