using System.Globalization;
using BasSite.News;
using Platform.Sdk;

namespace BasSite.Api;

/// <summary><c>/api/news/article/list</c> and <c>/api/news/article/get</c>.</summary>
internal static class NewsApi
{
    private const string Invalid = "parameter_invalid";

    /// <returns>Null for a module or method that isn't here.</returns>
    public static ApiResult? Answer(Site site, RequestParameter request) => (request.Module, request.Method) switch
    {
        ("article", "list") => List(site, request.Query),
        ("article", "get") => Get(site, request.Query),
        _ => null,
    };

    private static ApiResult List(Site site, IReadOnlyDictionary<string, string> query)
    {
        var list = site.All;
        if (query.TryGetValue("tag", out var tag) && !site.Tags.TryGetValue(tag, out list))
            return ApiResult.Fail(400, Invalid, $"tag: found '{tag}'; expected one of {string.Join(", ", site.Tags.Keys)}.");
        if (PageNumber.Of(query) is not { } page || page > list.PageCount)
            return ApiResult.Fail(400, Invalid, $"page: found '{query["page"]}'; expected a whole number from 1 to {list.PageCount}.");
        return ApiResult.Ok(new DataMap
        {
            ["items"] = list.Page(page).Select(a => a.Record(whole: false)),
            ["page"] = page,
            ["pages"] = list.PageCount,
            ["total"] = list.Articles.Count,
        });
    }

    private static ApiResult Get(Site site, IReadOnlyDictionary<string, string> query)
    {
        if (query.TryGetValue("slug", out var slug) && slug.Length > 0) return Found(site.BySlug.GetValueOrDefault(slug), $"slug '{slug}'");
        if (!query.TryGetValue("id", out var text)) return ApiResult.Fail(400, Invalid, "slug: found nothing; expected the slug or the id of an article. Add ?slug=… or ?id=….");
        return int.TryParse(text, NumberStyles.None, null, out var id)
            ? Found(site.ById.GetValueOrDefault(id), $"id {id}")
            : ApiResult.Fail(400, Invalid, $"id: found '{text}'; expected a whole number.");
    }

    private static ApiResult Found(Article? article, string asked) => article is null
        ? ApiResult.Fail(404, "article_unknown", $"There is no article with the {asked}. /api/news/article/list names all.")
        : ApiResult.Ok(article.Record(whole: true));
}
