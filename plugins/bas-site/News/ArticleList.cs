using Platform.Sdk;

namespace BasSite.News;

/// <summary>The articles of one tag, or all, newest first, cut into pages.</summary>
internal sealed class ArticleList
{
    private readonly IReadOnlyList<Article[]> pages;

    /// <param name="tag">Null for all.</param>
    public ArticleList(string? tag, IEnumerable<Article> articles, int pageSize)
    {
        Tag = tag;
        Articles = [.. articles];
        pages = [.. Articles.Chunk(pageSize).DefaultIfEmpty([])];
    }

    public string? Tag { get; }

    public IReadOnlyList<Article> Articles { get; }

    /// <summary>At least one, though it may be empty.</summary>
    public int PageCount => pages.Count;

    /// <param name="number">1 to <see cref="PageCount"/>.</param>
    public IReadOnlyList<Article> Page(int number) => pages[number - 1];

    /// <summary>The address of a page: the first one has no number.</summary>
    public static string Address(string? tag, int page) => Pagination.Address("/news", "tag", tag, page);
}
