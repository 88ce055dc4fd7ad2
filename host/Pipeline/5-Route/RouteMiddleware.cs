using Platform.Host.Routing;

namespace Platform.Host.Pipeline;

/// <summary>Step 5: what the page is made of. Configured routes first, then a template by the path's name, else not found.</summary>
public sealed class RouteMiddleware(PageDelegate next, UnknownPaths unknown, ErrorPage errors, ILogger logger)
{
    private const string Extension = ".html";

    /// <summary>Finds the page's source, or answers: a redirect, or a method that is not allowed.</summary>
    public Task InvokeAsync(PageContext page)
    {
        var match = page.Route;
        if (match.Route is { } route)
        {
            if (route.Redirect is { } target) return RedirectAsync(page, route.Status, target.For(match.Values));
            page.Source = new(SourceKind.Configured, route.Handler ?? page.Path, route.Template ?? (route.IsJson ? null : SmartTemplate(page, page.Path)), route, match.Values);
            return next(page);
        }

        var template = SmartTemplate(page, page.Path);
        if (template is not null && page.IsRead)
        {
            page.Source = new(SourceKind.Smart, page.Path, template, null, RouteValues.Empty);
            return next(page);
        }

        if (template is not null || match.Kind == RouteMatchKind.MethodNotAllowed) return NotAllowedAsync(page, match.Allow, isReadable: template is not null);
        if (page.Path.EndsWith(Extension, StringComparison.Ordinal) && page.IsRead && PlainPath(page) is { } plain) return RedirectAsync(page, StatusCodes.Status301MovedPermanently, plain);

        page.Source = new(page.IsRead && !unknown.Contains(page) ? SourceKind.NotFound : SourceKind.Unknown, page.Path, null, null, RouteValues.Empty);
        return next(page);
    }

    private static Task RedirectAsync(PageContext page, int status, string location)
    {
        page.Http.Response.StatusCode = status;
        page.Http.Response.Headers.Location = location;
        page.Http.Response.Headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }

    private string? SmartTemplate(PageContext page, string path)
    {
        var name = page.Theme?.FindPage(path);
        if (logger.IsEnabled(LogLevel.Debug)) logger.LogDebug("{Path}: template candidates {Candidates}; found {Template}", path, string.Join(", ", page.Theme?.PageCandidates(path) ?? []), name ?? "none");
        return name;
    }

    /// <summary>The path without <c>.html</c>, where a page stands there.</summary>
    private string? PlainPath(PageContext page)
    {
        var plain = page.Path[..^Extension.Length];
        if (plain.EndsWith("/index", StringComparison.Ordinal)) plain = plain[..^"index".Length].TrimEnd('/');
        if (plain.Length == 0) plain = "/";
        var isPage = page.Domain.Match(page.Method, plain).Route is not null || SmartTemplate(page, plain) is not null;
        return isPage ? page.Target.Url(plain) : null;
    }

    private Task NotAllowedAsync(PageContext page, string? allow, bool isReadable)
    {
        var methods = isReadable && allow?.Contains("GET", StringComparison.Ordinal) != true ? allow is null ? "GET, HEAD" : $"GET, HEAD, {allow}" : allow;
        page.Http.Response.Headers.Allow = $"{methods}, OPTIONS";
        if (page.Method != "OPTIONS") return errors.WriteAsync(page, StatusCodes.Status405MethodNotAllowed, $"{page.Method} is not known here; expected one of {methods}.", "method_not_allowed");
        page.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
