using BasSite.Content;
using BasSite.News;
using Platform.Sdk;

namespace BasSite;

/// <summary>The data of each page, as the templates read them. What a page doesn't have is null.</summary>
internal sealed class PageBuilder(SiteSettings settings, Site site)
{
    private const int LatestCount = 3;
    private const int HomeCount = 4;

    private readonly Dictionary<int, DataMap> cards = site.All.Articles.ToDictionary(a => a.Id, a => a.Card());

    public PageData Home(Leaf? home, IReadOnlyList<Department> departments)
    {
        var page = Page("home", home?.Title ?? settings.Name, home?.Summary ?? settings.Tagline, "news");
        page["content"] = home?.Body.Html;
        page["figures"] = (home?.Figures ?? []).Select(f => new DataMap { ["value"] = f.Value, ["label"] = f.Label });
        page["departments"] = departments.Select(d => new DataMap { ["title"] = d.Title, ["topic"] = d.Topic, ["summary"] = d.Summary, ["content"] = d.Body.Html, ["url"] = d.Url });
        page["items"] = Cards(site.All.Articles.Take(HomeCount));
        page.Files = Below("home.md", "departments/*", "news/*");
        return Closed(page);
    }

    public PageData News(ArticleList list, int number)
    {
        var page = Page("news", "News", list.Tag is null ? "What we have measured, mended and found out" : $"Articles about {list.Tag}", "news");
        page["tag"] = list.Tag;
        page["tags"] = site.Tags.Values.Select(t => new DataMap { ["name"] = t.Tag, ["url"] = ArticleList.Address(t.Tag, 1), ["count"] = t.Articles.Count, ["current"] = t.Tag == list.Tag });
        page["total"] = list.Articles.Count;
        page["items"] = Cards(list.Page(number));
        page["pagination"] = Pagination.Of(number, list.PageCount, n => ArticleList.Address(list.Tag, n));
        page.Files = Below("news/*");
        return Closed(page);
    }

    public PageData Article(Article article)
    {
        var page = new PageData(cards[article.Id]) { ["section"] = "news", ["description"] = article.Summary, ["content"] = article.Body.Html, Tags = ["news", $"article:{article.Slug}"], Files = Below("news/*") };
        var all = site.All.Articles;
        var at = all.Index().First(a => a.Item.Id == article.Id).Index;
        page["newer"] = at > 0 ? cards[all[at - 1].Id] : null;
        page["older"] = at < all.Count - 1 ? cards[all[at + 1].Id] : null;
        page["related"] = Cards(all.Where(a => a.Id != article.Id).OrderByDescending(a => a.Tags.Intersect(article.Tags).Count()).Take(LatestCount));
        return Closed(page);
    }

    public PageData? About(Leaf? about)
    {
        if (about is null) return null;
        var page = Page("about", about.Title, about.Summary);
        page["content"] = about.Body.Html;
        page.Files = Below("about.md");
        return Closed(page);
    }

    /// <summary>The notice before the site; the host shows it to visitors of unlisted addresses.</summary>
    public PageData Warning(Leaf? warning)
    {
        var page = Page("warning", warning?.Title ?? "Before you enter", warning?.Summary ?? "");
        page["name"] = settings.Name;
        page["content"] = warning?.Body.Html;
        page["homeUrl"] = "/";
        page.Template = "public/warning/index";
        page.Files = Below("warning.md");
        return Closed(page);
    }

    public PageData Feed()
    {
        var page = Page("news", "News", settings.Tagline, "news");
        page["home"] = settings.Url + "/";
        page["self"] = settings.Url + "/news/feed.xml";
        page["updated"] = Moment(site.All.Articles.Select(a => a.Date).FirstOrDefault());
        page["entries"] = site.All.Articles.Take(20).Select(a => new DataMap
        {
            ["title"] = a.Title,
            ["url"] = settings.Url + a.Url,
            ["updated"] = Moment(a.Date),
            ["summary"] = a.Summary,
            ["author"] = a.Author,
            ["content"] = a.Body.Html,
            ["tags"] = a.Tags,
        });
        page.Files = Below("news/*");
        return Closed(page);
    }

    public PageData Global() => Closed(new PageData
    {
        ["site"] = new DataMap
        {
            ["name"] = settings.Name,
            ["tagline"] = settings.Tagline,
            ["language"] = settings.Language,
            ["url"] = settings.Url,
            ["year"] = settings.Year,
            ["position"] = settings.Position,
            ["address"] = settings.Address,
            ["hours"] = settings.Hours,
            ["contact"] = settings.Contact,
        },
        ["nav"] = Links(("home", "Home", "/"), ("news", "News", "/news"), ("about", "About", "/about"), ("search", "Search", "/search")),
        ["footer"] = Links(("feed", "Atom feed", "/news/feed.xml"), ("visit", "Plan a visit", "/about#visiting"), ("data", "Use our data", "/about#our-data")),
        ["latest"] = Cards(site.All.Articles.Take(LatestCount)),
        Files = Below("news/*"),
    });

    public static PageData NotFound() => Closed(new PageData { ["title"] = "Page not found", Template = "404", Status = 404, Files = [] });

    private static PageData Page(string section, string title, string description, params string[] tags) => new()
    {
        ["section"] = section,
        ["title"] = title,
        ["description"] = description,
        Tags = tags,
    };

    private DataList Cards(IEnumerable<Article> articles) => new(articles.Select(a => cards[a.Id]));

    private static DataList Links(params (string Id, string Label, string Url)[] links) =>
        new(links.Select(link => new DataMap { ["id"] = link.Id, ["label"] = link.Label, ["url"] = link.Url }));

    /// <summary>The content files a page is made from; null where they lie elsewhere than in the plugin's folder.</summary>
    private string[]? Below(params string[] names) =>
        Path.IsPathRooted(settings.Content) || settings.Content.Contains("..", StringComparison.Ordinal) ? null : [.. names.Select(name => $"{settings.Content.Trim('/')}/{name}")];

    private static string Moment(DateOnly day) => $"{day:yyyy-MM-dd}T00:00:00Z";

    private static PageData Closed(PageData page)
    {
        page.Freeze();
        return page;
    }
}
