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
    public IReadOnlyList<string> Tags
    {
        get;
        set => field = [.. value ?? []];
    }

    = [];

    /// <summary>
    /// The files that the data were made from, relative to the plugin's folder (<c>content/about.md</c>, or <c>content/news/*</c> for all below a folder, those to come too): a change of one drops the pages
    /// made from it, and no others. Null where nothing is said: then a change of any file in the plugin's folder does. In <c>global_data</c> it holds for every page.
    /// </summary>
    public IReadOnlyList<string>? Files
    {
        get;
        set => field = value is null ? null : [.. value];
    }

    /// <summary>How long the page may be cached; the shortest answer wins, and none is longer than the configured one. Zero: not at all. Null: as configured. Ignored in <c>global_data</c>.</summary>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>The page's status, 200 to 599 and one that has a body, for example 404 for an article that is gone; only a page with 200 is cached. Null: 200. Ignored in <c>global_data</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The status is not one of a page.</exception>
    public int? Status
    {
        get;
        set => field = value is null or (>= 200 and <= 599 and not 204 and not 205 and not 304)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A page's status is 200 to 599, without 204, 205 and 304, which have no body.");
    }

    /// <summary>Headers to add to the page's response. A page that sets a cookie is never cached. Ignored in <c>global_data</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers
    {
        get;
        set => field = new Dictionary<string, string>(value ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
    }

    = new Dictionary<string, string>();
}
