using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Host.Pipeline;

/// <summary>Step 1: one access line for every request, whatever becomes of it; and the last resort for what nobody caught.</summary>
public sealed class LoggingMiddleware(PageDelegate next, AccessLog access, ErrorPage errors, ILogger logger)
{
    /// <summary>Runs the request and records it.</summary>
    public async Task InvokeAsync(PageContext page)
    {
        var started = Stopwatch.GetTimestamp();
        if (logger.IsEnabled(LogLevel.Debug)) logger.LogDebug("--> logging [{Method}] {Path} {Theme}", page.Method, page.Path, page.Domain.Theme);
        ResponseHeaders.Write(page);
        try
        {
            await (page.Refusal is { } refusal ? errors.RefuseAsync(page, refusal) : next(page));
        }
        catch (Exception exception)
        {
            await FailAsync(page, exception);
        }
        finally
        {
            if (page.Generation.Options.Logging.Access)
            {
                var http = page.Http;
                access.Write(new(
                    page.Client, page.Method, http.Features.Get<IHttpRequestFeature>()!.RawTarget, http.Response.StatusCode, page.BytesSent,
                    Stopwatch.GetElapsedTime(started).TotalMilliseconds, page.CacheStatus, page.RequestId));
            }
        }
    }

    private async Task FailAsync(PageContext page, Exception exception)
    {
        var http = page.Http;
        if (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("the visitor of {Path} went away: {Error}", page.Path, exception.Message);
            return;
        }

        if (http.Response.HasStarted)
        {
            logger.LogError(exception, "incident {RequestId}: {Method} {Path} failed after the response had begun", page.RequestId, page.Method, page.Path);
            http.Abort();
            return;
        }

        // Nothing of what the failed page had begun to say about itself.
        http.Response.Clear();
        ResponseHeaders.Write(page);
        if (exception is BadHttpRequestException bad)
        {
            await errors.RefuseAsync(page, new(bad.StatusCode, bad.Message));
            return;
        }

        logger.LogError(exception, "incident {RequestId}: {Method} {Path} failed", page.RequestId, page.Method, page.Path);
        await errors.WriteAsync(page, StatusCodes.Status500InternalServerError, exception.Message);
    }
}
