namespace Platform.Host.Pipeline;

/// <summary>The headers every response bears.</summary>
public static class ResponseHeaders
{
    /// <summary>Names the request, and tells browsers what they may do with the response.</summary>
    public static void Write(PageContext page)
    {
        var headers = page.Http.Response.Headers;
        headers["X-Request-Id"] = page.RequestId;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        var policy = page.Generation.Options.Server.ContentSecurityPolicy;
        if (policy.Length > 0) headers.ContentSecurityPolicy = policy;
    }
}
