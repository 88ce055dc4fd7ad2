using Microsoft.Net.Http.Headers;
using Platform.Host.Caching;
using Platform.Host.Pipeline;
using Platform.Host.Transport;

namespace Platform.Host.StaticFiles;

/// <summary>Answers with a static file: conditions, ranges, and a long life where the URL bears its fingerprint. Never with a page.</summary>
public sealed class StaticFileHandler(ErrorPage errors)
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskEachTime = "public, no-cache";

    /// <summary>Answers; from memory at once, without leaving the thread.</summary>
    public Task InvokeAsync(PageContext page) =>
        page is { IsRead: true, File: { Content: { } content } file } && IsSimple(page.Http.Request.Headers) ? SendAsync(page, file, content) : ServeAsync(page);

    /// <summary>True where only If-None-Match may have a say: no part is wanted, and no other condition stands.</summary>
    private static bool IsSimple(IHeaderDictionary headers) =>
        headers.Range.Count == 0 && headers.IfMatch.Count == 0 && headers.IfUnmodifiedSince.Count == 0 && (headers.IfModifiedSince.Count == 0 || headers.IfNoneMatch.Count > 0);

    private static Task SendAsync(PageContext page, StaticFile file, byte[] content)
    {
        var (request, response) = (page.Http.Request.Headers, page.Http.Response);
        var headers = response.Headers;
        page.IsHit = true;
        var form = file.IsCompressible ? Choose(request, file) : null;
        headers.ETag = form?.ETag ?? file.ETag;
        headers.CacheControl = file.IsVersion(page.Target.Query) ? Forever : AskEachTime;
        headers.LastModified = file.LastModified;
        if (file.IsCompressible) headers.Vary = "Accept-Encoding";
        if (ContentForms.IsKnown(request.IfNoneMatch, file.Fingerprint))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var bytes = form?.Bytes ?? content;
        headers.ContentType = file.ContentType;
        headers.AcceptRanges = "bytes";
        if (form is not null) headers.ContentEncoding = form.Encoding;
        headers.ContentLength = bytes.Length;
        if (page.Method == "HEAD") return Task.CompletedTask;
        page.BytesSent = bytes.Length;
        var write = response.BodyWriter.WriteAsync(bytes);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    private static PageBody? Choose(IHeaderDictionary request, StaticFile file)
    {
        var (brotli, gzip) = ContentForms.Accepted(request.AcceptEncoding);
        if (!brotli && !gzip) return null;
        file.CountRequest();
        return file.Forms is { } forms ? (brotli ? forms.Brotli : null) ?? (gzip ? forms.Gzip : null) : null;
    }

    private async Task ServeAsync(PageContext page)
    {
        await PoolThread.Switch();
        if (page.File is not { } file)
        {
            await errors.WriteAsync(page, StatusCodes.Status404NotFound, "There is no file of this name.", "not_found", isThemed: false);
            return;
        }

        if (!page.IsRead)
        {
            page.Http.Response.Headers.Allow = "GET, HEAD";
            await errors.WriteAsync(page, StatusCodes.Status405MethodNotAllowed, $"{page.Method} is not known here; expected GET or HEAD.", isThemed: false);
            return;
        }

        // A large file is read now: where it has just changed, the index does not know its new content yet.
        var isKnown = file.Content is not null || file.IsAsIndexed;
        page.Http.Response.Headers.CacheControl = isKnown && file.IsVersion(page.Target.Query) ? Forever : AskEachTime;
        if (file is { IsCompressible: true, Content: not null }) page.Http.Response.Headers.Vary = "Accept-Encoding";
        var tag = isKnown ? new EntityTagHeaderValue(file.ETag) : null;
        var result = file.Content is { } content
            ? Results.Bytes(content, file.ContentType, enableRangeProcessing: true, lastModified: file.Modified, entityTag: tag)
            : Results.File(file.FilePath, file.ContentType, lastModified: isKnown ? file.Modified : null, entityTag: tag, enableRangeProcessing: isKnown);
        try
        {
            await result.ExecuteAsync(page.Http);
            page.BytesSent = page.Method == "HEAD" ? 0 : page.Http.Response.ContentLength ?? 0;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Removed since the index was built; the next one will not have it.
            await errors.WriteAsync(page, StatusCodes.Status404NotFound, "There is no file of this name.", "not_found", isThemed: false);
        }
    }
}
