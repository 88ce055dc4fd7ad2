using Platform.Host.Api;
using Platform.Host.Configuration;
using Platform.Host.Themes;
using Platform.Host.Transport;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>
/// Answers what went wrong: the theme's page for the status, where it has one; else a built-in one, which can't fail. A
/// program gets a problem body (RFC 9457). Never cached.
/// </summary>
public sealed class ErrorPage(TimeProvider time, ILogger logger)
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>True where the one who asks is a program: an API call, or a request that takes JSON and not HTML.</summary>
    public bool WantsJson(PageContext page)
    {
        if (page.Branch == Branch.Api) return true;
        var accept = page.Http.Request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Answers a request that never got past the door, or could not be read.</summary>
    public Task RefuseAsync(PageContext page, Refusal refusal)
    {
        if (refusal.Location is null) return WriteAsync(page, refusal.Status, refusal.Detail, isThemed: false);
        page.Http.Response.StatusCode = refusal.Status;
        page.Http.Response.Headers.Location = refusal.Location;
        return Task.CompletedTask;
    }

    /// <summary>Writes the page or problem body of a status.</summary>
    /// <param name="page">The request.</param>
    /// <param name="status">400 to 599.</param>
    /// <param name="detail">What is wrong, for the one who asked; of a 5xx it is shown in development only.</param>
    /// <param name="code">For programs; null: made from the status.</param>
    /// <param name="redirect">Where a person may go on.</param>
    /// <param name="isThemed">False: the built-in page.</param>
    public async Task WriteAsync(PageContext page, int status, string detail, string? code = null, string? redirect = null, bool isThemed = true)
    {
        await PoolThread.Switch();
        page.Slot?.Refuse(status);
        if (status >= 500 && page.Stale is { } stale)
        {
            await PageResponse.StaleAsync(page, stale, "error");
            return;
        }

        var shown = status < 500 || IsDevelopment(page) ? detail : $"Incident {page.RequestId}.";
        if (WantsJson(page))
        {
            await ProblemBody.WriteAsync(page, status, code, shown, redirect);
            return;
        }

        if (page is { Path: WarningGate.Path, IsRead: true } && status is StatusCodes.Status404NotFound or StatusCodes.Status500InternalServerError)
        {
            // Without a notice nobody could confirm it: a site that has none, or a broken one, gets the built-in one.
            await SendAsync(page, StatusCodes.Status200OK, Notice(page), PagePolicy.Join(page, BuiltInPage.Policy));
            return;
        }

        using var buffer = new PooledBuffer();
        if (isThemed && await TryRenderAsync(page, status, shown, buffer) is { } theme) await SendAsync(page, status, buffer.Written, PagePolicy.Of(page, theme, Html, page.Notes?.Nonce?.Read));
        else await SendAsync(page, status, BuiltInPage.Of(page, status, shown), PagePolicy.Join(page, BuiltInPage.Policy));
    }

    /// <summary>Answers a template that failed; in development with all that helps its author.</summary>
    public Task WriteTemplateErrorAsync(PageContext page, TemplateException exception, DataMap data) =>
        IsDevelopment(page) && !WantsJson(page)
            ? SendAsync(page, StatusCodes.Status500InternalServerError, TemplateErrorPage.Of(page, exception, data), PagePolicy.Join(page, BuiltInPage.Policy))
            : WriteAsync(page, StatusCodes.Status500InternalServerError, exception.Problem.ToString(), "template_failed");

    private static bool IsDevelopment(PageContext page) => page.Generation.Options.Server.Environment == ServerEnvironment.Development;

    private static byte[] Notice(PageContext page) => BuiltInPage.Of("Please confirm", $"""
        <p>This site asks every new visitor to confirm once before going on.</p>
        <form method="post" action="{WarningGate.Path}">
        <input type="hidden" name="returnUrl" value="{BuiltInPage.Html(LocalUrl.OrRoot(page.Query.GetValueOrDefault("returnUrl")))}">
        <button>Confirm and go on</button>
        </form>
        """);

    private static async Task SendAsync(PageContext page, int status, ReadOnlyMemory<byte> body, string? policy)
    {
        var response = page.Http.Response;
        response.StatusCode = status;
        response.Headers.ContentType = Html;
        if (policy is not null) response.Headers[PagePolicy.Header] = policy;
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-store";
        if (page.CacheStatus.Length > 0) response.Headers["Cache-Status"] = page.CacheStatus;
        response.ContentLength = body.Length;
        if (page.Method == "HEAD") return;
        page.BytesSent = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    /// <summary>The theme whose page for the status it is; null where there is none, or it failed too.</summary>
    private async ValueTask<Theme?> TryRenderAsync(PageContext page, int status, string detail, PooledBuffer output)
    {
        try
        {
            var theme = page.Theme ?? page.Generation.Templates.Theme(page.Domain.Theme);
            if (theme?.Find(status.ToString()) is not { } name) return null;
            var data = page.Data ?? new ContextData(
                new DataMap { ["theme"] = theme.Name, ["path"] = page.Path, ["timestamp"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ"), ["request_id"] = page.RequestId },
                new DataMap());
            var model = PageModel.ForTemplate(data, new DataMap { ["status"] = status, ["detail"] = detail });
            await PageRender.RunAsync(page, theme, name, model, output);
            return theme;
        }
        catch (TemplateException exception)
        {
            logger.LogError(exception, "incident {RequestId}: the page for status {Status}: {Problem}", page.RequestId, status, exception.Problem);
            return null;
        }
    }
}
