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
        // Plugins in front of the cache may have written headers of their own.
        if (headers.CacheControl.Count == 0 && headers.SetCookie.Count == 0) headers.CacheControl = stored.CacheControl;
        else headers.CacheControl = Stricter(headers, stored.CacheControl);
        headers.Vary = headers.Vary.Count == 0 ? stored.Vary : $"{headers.Vary}, {stored.Vary}";
        foreach (var (name, value) in stored.Headers) headers[name] = value;
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

    /// <summary>What keeps a response from being shared wins: a cookie that is set, a page that is the visitor's own, the word of a plugin.</summary>
    private static StringValues Stricter(IHeaderDictionary headers, string own)
    {
        var said = headers.CacheControl.ToString();
        if (said.Contains("no-store", StringComparison.OrdinalIgnoreCase) || said.Contains("private", StringComparison.OrdinalIgnoreCase)) return headers.CacheControl;
        return headers.SetCookie.Count > 0 || own.StartsWith("private", StringComparison.Ordinal) ? "private, no-cache" : headers.CacheControl;
    }

    private static PageBody Choose(StringValues accepted, CachedPage stored)
    {
        var (brotli, gzip) = ContentForms.Accepted(accepted);
        if (!brotli && !gzip) return stored.Identity;
        if (stored.CountHit()) ThreadPool.UnsafeQueueUserWorkItem(static page => page.Compress(), stored, preferLocal: false);
        return (brotli ? stored.Brotli : null) ?? (gzip ? stored.Gzip : null) ?? stored.Identity;
    }
}
