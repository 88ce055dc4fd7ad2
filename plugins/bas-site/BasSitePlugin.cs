using BasSite.Api;
using BasSite.Content;
using Platform.Sdk;

namespace BasSite;

/// <summary>
/// The demonstration plugin: the site of a small observatory, from Markdown files. Of a request it reads only the path
/// and the query, so that every page can be shared by all visitors.
/// </summary>
public sealed class BasSitePlugin : IPlugin
{
    private LiveSite? live;

    /// <inheritdoc/>
    public string Name => "bas-site";

    private Site Site => (live ?? throw new InvalidOperationException("InitAsync was not called; the host calls it once before any other call.")).Current;

    /// <inheritdoc/>
    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(config);
        var settings = SiteSettings.From(config.Settings);
        live = new(Path.GetFullPath(settings.Content, config.Folder), settings, TimeProvider.System, Console.Error);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(path switch
        {
            "index" => Site.Home,
            "news_list" => Site.News(request.Query.GetValueOrDefault("tag"), PageNumber.Of(request.Query)),
            "article" => Site.Article(request.RouteValues.GetValueOrDefault("slug")),
            "search" => Site is var site ? site.Search.For(request.Query.GetValueOrDefault("q"), PageNumber.Of(request.Query)) ?? site.NotFound : null,
            "about" => Site.About,
            "feed" => Site.Feed,
            "/warning" => Site.Warning,
            _ => null,
        });
    }

    /// <inheritdoc/>
    public ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel) => new(Site.Global);

    /// <inheritdoc/>
    public ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(app == "news" ? NewsApi.Answer(Site, request) : null);
    }
}
