using Microsoft.Extensions.Primitives;
using Platform.Host.Caching;

namespace Platform.Host.Pipeline;

/// <summary>Writes a stored page: the condition first, then the smallest form the visitor takes.</summary>
public static class PageResponse
{
    /// <summary>Answers from the store.</summary>
    public static Task HitAsync(PageContext page, CachedPage stored)
    {
        page.IsHit = true;
        return WriteAsync(page, stored, stored.HitStatus);
    }

    /// <summary>Answers with a page that is too old.</summary>
    /// <param name="page">The request.</param>
    /// <param name="stored">The page.</param>
    /// <param name="why">For the outcome of the cache.</param>
    public static Task StaleAsync(PageContext page, CachedPage stored, string why)
    {
        page.Http.Response.StatusCode = StatusCodes.Status200OK;
        return WriteAsync(page, stored, $"platform; hit; ttl={stored.SecondsLeft}; key=\"{stored.Key}\"; detail={why}");
    }

    /// <summary>Writes the page.</summary>
    /// <param name="page">The request.</param>
    /// <param name="stored">The page.</param>
    /// <param name="cacheStatus">The outcome of the cache (RFC 9211).</param>
    public static Task WriteAsync(PageContext page, CachedPage stored, string cacheStatus)
    {
        var response = page.Http.Response;
        var headers = response.Headers;
        var body = Choose(page.Http.Request.Headers.AcceptEncoding, stored);
        page.CacheStatus = cacheStatus;
        headers["Cache-Status"] = cacheStatus;
        headers.ETag = body.ETag;
        // Plugins in front of the cache may have written some of their own.
        var (control, vary) = (headers.CacheControl, headers.Vary);
        headers.CacheControl = stored.CacheControl;
        headers.Vary = stored.Vary;
        foreach (var (name, value) in stored.Headers) headers[name] = value;
        if (control.Count > 0 || headers.SetCookie.Count > 0) headers.CacheControl = Stricter(control, headers);
        if (vary.Count > 0) headers.Vary = Join(vary, headers.Vary);
        if (ContentForms.IsKnown(page.Http.Request.Headers.IfNoneMatch, stored.Fingerprint))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = stored.ContentType;
        if (body.Encoding is not null) headers.ContentEncoding = body.Encoding;
        headers.ContentLength = body.Bytes.Length;
        if (page.Method == "HEAD") return Task.CompletedTask;
        page.BytesSent = body.Bytes.Length;
        var write = response.BodyWriter.WriteAsync(body.Bytes);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    /// <summary>What keeps a response from being shared wins: the word of a plugin, the page's own, a cookie that is set.</summary>
    private static StringValues Stricter(StringValues said, IHeaderDictionary headers)
    {
        if (IsForOne(said)) return said;
        if (IsForOne(headers.CacheControl)) return headers.CacheControl;
        return headers.SetCookie.Count > 0 ? "private, no-cache" : said;
    }

    private static bool IsForOne(StringValues control) =>
        control.ToString() is var text && (text.Contains("no-store", StringComparison.OrdinalIgnoreCase) || text.Contains("private", StringComparison.OrdinalIgnoreCase));

    private static string Join(StringValues one, StringValues other) =>
        string.Join(", ", $"{one},{other}".Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase));

    private static PageBody Choose(StringValues accepted, CachedPage stored)
    {
        var (brotli, gzip) = ContentForms.Accepted(accepted);
        if (!brotli && !gzip) return stored.Identity;
        if (stored.CountHit()) ThreadPool.UnsafeQueueUserWorkItem(static page => page.Compress(), stored, preferLocal: false);
        return (brotli ? stored.Brotli : null) ?? (gzip ? stored.Gzip : null) ?? stored.Identity;
    }
}
