using System.Diagnostics;
using Platform.Host.Transport;

namespace Platform.Host.Pipeline;

/// <summary>Step 1: one access line for every request, whatever becomes of it; and the last resort for what nobody caught.</summary>
public sealed class LoggingMiddleware(PageDelegate next, AccessLog access, ErrorPage errors, ILogger logger)
{
    /// <summary>Runs the request and records it.</summary>
    public Task InvokeAsync(PageContext page)
    {
        var started = Stopwatch.GetTimestamp();
        if (logger.IsEnabled(LogLevel.Debug)) logger.LogDebug("--> logging [{Method}] {Path} {Theme}", page.Method, page.Path, page.Domain.Theme);
        ResponseHeaders.Write(page);
        Task run;
        try
        {
            run = page.Refusal is { } refusal ? errors.RefuseAsync(page, refusal) : next(page);
        }
        catch (Exception exception)
        {
            run = Task.FromException(exception);
        }

        if (!run.IsCompletedSuccessfully) return EndAsync(page, run, started);
        Record(page, started);
        return Task.CompletedTask;
    }

    private async Task EndAsync(PageContext page, Task run, long started)
    {
        try
        {
            await run;
        }
        catch (Exception exception)
        {
            await PoolThread.Switch();
            await FailAsync(page, exception);
        }
        finally
        {
            Record(page, started);
        }
    }

    private void Record(PageContext page, long started)
    {
        if (!page.Generation.Options.Logging.Access) return;
        var ended = Stopwatch.GetTimestamp();
        access.Write(new(
            ended, page.Client, page.Method, page.RawTarget, page.Http.Response.StatusCode, page.BytesSent,
            Stopwatch.GetElapsedTime(started, ended), page.CacheStatus, page.RequestId));
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
