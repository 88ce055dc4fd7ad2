using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>Turns a request into what plugins see: a snapshot, since a slow plugin may look at it after the request has ended.</summary>
public sealed class PluginRequests
{
    /// <summary>The request of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="path">What the plugins are asked for.</param>
    /// <param name="body">Its body.</param>
    /// <param name="values">What its route has captured; null: as step 5 has found.</param>
    public RequestParameter For(PageContext page, string path, ReadOnlyMemory<byte> body = default, Routing.RouteValues? values = null) => new()
    {
        // What answers HEAD is the page of GET, and stored as such.
        HttpMethod = page.IsRead ? "GET" : page.Method,
        Body = body,
        Path = path,
        UrlPath = page.Path,
        RouteValues = values ?? page.Source?.Values ?? Routing.RouteValues.Empty,
        Query = page.Query,
        Headers = new HeaderSnapshot(page.Http.Request.Headers),
        Cookies = page.Cookies,
        ClientAddress = page.Client.ToString(),
        User = page.Visitor,
        RequestId = page.RequestId,
        Theme = page.Domain.Theme,
        Tenant = page.Domain.Name,
    };

    /// <summary>The request of an API call.</summary>
    public RequestParameter For(PageContext page, string app, string module, string method, ReadOnlyMemory<byte> body) => new()
    {
        App = app,
        Module = module,
        Method = method,
        HttpMethod = page.Method,
        Path = page.Path,
        UrlPath = page.Path,
        Query = page.Query,
        Headers = new HeaderSnapshot(page.Http.Request.Headers),
        Cookies = page.Cookies,
        Body = body,
        ClientAddress = page.Client.ToString(),
        User = page.Visitor,
        RequestId = page.RequestId,
        Theme = page.Domain.Theme,
        Tenant = page.Domain.Name,
    };
}
