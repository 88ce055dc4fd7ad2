using Microsoft.Net.Http.Headers;
using Platform.Host.Pipeline;
using Platform.Host.Transport;

namespace Platform.Host.StaticFiles;

/// <summary>Answers with a static file: conditions, ranges, and a long life where the URL bears its fingerprint. Never with a page.</summary>
public sealed class StaticFileHandler(ErrorPage errors)
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskEachTime = "public, no-cache";

    /// <summary>Answers.</summary>
    public async Task InvokeAsync(PageContext page)
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
        page.Http.Response.Headers.CacheControl = isKnown && page.Target.Query == $"v={file.Fingerprint}" ? Forever : AskEachTime;
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
