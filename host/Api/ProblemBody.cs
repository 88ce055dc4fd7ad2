using System.Text.Json;
using Platform.Host.Pipeline;

namespace Platform.Host.Api;

/// <summary>An error for programs (RFC 9457): title, status, detail, <c>code</c>, the request's id and, where there is one, <c>redirect</c>.</summary>
public static class ProblemBody
{
    /// <summary>Writes it.</summary>
    /// <param name="page">The request.</param>
    /// <param name="status">400 to 599.</param>
    /// <param name="code">For programs; null: made from the status.</param>
    /// <param name="detail">For people.</param>
    /// <param name="redirect">Where a person may go on.</param>
    public static async Task WriteAsync(PageContext page, int status, string? code, string detail, string? redirect = null)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", StatusText.Of(status));
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteString("code", code ?? StatusText.Of(status).ToLowerInvariant().Replace(' ', '_'));
            writer.WriteString("request_id", page.RequestId);
            if (redirect is not null) writer.WriteString("redirect", redirect);
            writer.WriteEndObject();
        }

        await JsonResponse.SendAsync(page, status, buffer.Written, "application/problem+json");
    }
}
