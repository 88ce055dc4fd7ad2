namespace Platform.Host.Api;

/// <summary>Sends JSON; never cached by anybody.</summary>
public static class JsonResponse
{
    /// <summary>Sends it.</summary>
    public static async Task SendAsync(PageContext page, int status, ReadOnlyMemory<byte> body, string contentType = "application/json; charset=utf-8")
    {
        var response = page.Http.Response;
        response.StatusCode = status;
        response.Headers.ContentType = contentType;
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-store";
        response.ContentLength = body.Length;
        if (page.Method == "HEAD") return;
        page.BytesSent = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }
}
