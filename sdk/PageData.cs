namespace Platform.Sdk;

/// <summary>
/// A plugin's answer: a map of values for the template, and what the host should know about them.
/// <code>return new PageData { ["title"] = "News", ["items"] = items, Template = "news/list", Tags = ["news"] };</code>
/// </summary>
public sealed class PageData : DataMap
{
    /// <summary>No data yet.</summary>
    public PageData()
    {
    }

    /// <summary>A copy of <paramref name="source"/>, each value checked.</summary>
    /// <exception cref="ArgumentException">A value is not of the closed value model.</exception>
    public PageData(IEnumerable<KeyValuePair<string, object?>> source)
        : base(source)
    {
    }

    /// <summary>
    /// The template to use, for example <c>news/list</c>; it beats the route's and the one found by path. An unknown name
    /// is an error page. The key <c>_template_name</c> says the same. Null: as found. Ignored in <c>global_data</c>.
    /// </summary>
    public string? Template { get; set; }

    /// <summary>What the data are about (<c>news</c>, <c>article:7</c>): a purge of a tag drops every cached page that bears it. Ignored in <c>global_data</c>.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>How long the page may be cached; the shortest answer wins, and none is longer than the configured one. Zero: not at all. Null: as configured. Ignored in <c>global_data</c>.</summary>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>The page's status, 200 to 599, for example 404 for an article that is gone; only a page with 200 is cached. Null: 200. Ignored in <c>global_data</c>.</summary>
    public int? Status { get; set; }

    /// <summary>Headers to add to the page's response. A page that sets a cookie is never cached. Ignored in <c>global_data</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();
}
