using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Platform.Bench.Kestrel;

/// <summary>The least an ASP.NET Core server can do for a page: the same bytes each time, or 304 where the visitor has them.</summary>
internal static class BareServer
{
    private static readonly StringValues ETag = "\"bench-page\"";
    private static readonly StringValues HtmlType = "text/html; charset=utf-8";

    /// <param name="url">Where to listen.</param>
    /// <param name="page">What to answer.</param>
    /// <param name="inline">
    /// True: no hop from the socket's thread to the pool. It needs DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 too, and an
    /// answer that never blocks.
    /// </param>
    internal static WebApplication Build(string url, byte[] page, bool inline)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = inline);
        var server = builder.Build();
        server.Urls.Add(url);
        server.Run(context =>
        {
            var response = context.Response;
            if (context.Request.Path == "/allocated") return response.WriteAsync(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
            response.Headers.ETag = ETag;
            if (context.Request.Headers.IfNoneMatch == ETag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            response.Headers.ContentType = HtmlType;
            response.ContentLength = page.Length;
            return response.Body.WriteAsync(page).AsTask();
        });
        return server;
    }
}
