using Platform.Host.Api;
using Platform.Host.Pipeline;
using Platform.Host.Transport;

namespace Platform.Host;

/// <summary>Reads a request's body whole; what can't be read is the sender's fault, and answered so.</summary>
public static class RequestBody
{
    /// <summary>The body; empty for GET and HEAD. Null where it could not be read and the answer is given.</summary>
    public static ValueTask<ReadOnlyMemory<byte>?> ReadAsync(PageContext page) =>
        page.IsRead || page.Http.Request.ContentLength == 0 ? new(ReadOnlyMemory<byte>.Empty) : ReadWholeAsync(page);

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadWholeAsync(PageContext page)
    {
        try
        {
            using var body = new MemoryStream();
            await page.Http.Request.Body.CopyToAsync(body, page.Http.RequestAborted);
            // What comes in wakes an event loop, and this with it.
            await PoolThread.Switch();
            return body.ToArray();
        }
        catch (BadHttpRequestException bad)
        {
            await ProblemBody.WriteAsync(page, bad.StatusCode, null, bad.Message);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ArgumentException && !page.Http.RequestAborted.IsCancellationRequested)
        {
            // What the server can't decode of a body surfaces as one of these.
            await ProblemBody.WriteAsync(page, StatusCodes.Status400BadRequest, "body_unreadable", "The body can't be read.");
        }

        return null;
    }
}
