using System.Buffers;
using System.Net;
using System.Text;
using Platform.Host.Api;
using Platform.Host.Configuration;
using Platform.Host.Themes;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>
/// Answers what went wrong: the theme's page for the status, where it has one; else a built-in one, which can't fail. A
/// program gets a problem body (RFC 9457). Never cached.
/// </summary>
public sealed class ErrorPage(TimeProvider time, ILogger logger)
{
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
        page.Slot?.Refuse();
        var shown = status < 500 || IsDevelopment(page) ? detail : $"Incident {page.RequestId}.";
        if (WantsJson(page))
        {
            await ProblemBody.WriteAsync(page, status, code, shown, redirect);
            return;
        }

        if (page is { Path: WarningGate.Path, IsRead: true } && status is StatusCodes.Status404NotFound or StatusCodes.Status500InternalServerError)
        {
            // Without a notice nobody could confirm it: a site that has none, or a broken one, gets the built-in one.
            await SendAsync(page, StatusCodes.Status200OK, Encoding.UTF8.GetBytes(Notice(page)));
            return;
        }

        using var buffer = new PooledBuffer();
        if (!isThemed || !TryRender(page, status, shown, buffer))
        {
            buffer.Dispose();
            await SendAsync(page, status, Encoding.UTF8.GetBytes(BuiltIn(page, status, shown, "")));
            return;
        }

        await SendAsync(page, status, buffer.Written);
    }

    /// <summary>Answers a template that failed; in development with template, line, column and the data's keys.</summary>
    public async Task WriteTemplateErrorAsync(PageContext page, TemplateException exception, DataMap data)
    {
        if (!IsDevelopment(page) || WantsJson(page))
        {
            await WriteAsync(page, StatusCodes.Status500InternalServerError, exception.Problem.ToString(), "template_failed");
            return;
        }

        var keys = string.Join("\n", data.Keys.Order(StringComparer.Ordinal));
        var details = $"<pre>{Html(exception.Problem.ToString())}\n\n{Html(exception.Excerpt)}</pre><h2>The data's keys</h2><pre>{Html(keys)}</pre>";
        await SendAsync(page, StatusCodes.Status500InternalServerError, Encoding.UTF8.GetBytes(BuiltIn(page, 500, "A template failed.", details)));
    }

    private static bool IsDevelopment(PageContext page) => page.Generation.Options.Server.Environment == ServerEnvironment.Development;

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Notice(PageContext page) => BuiltIn("Please confirm", $"""
        <p>This site asks every new visitor to confirm once before going on.</p>
        <form method="post" action="{WarningGate.Path}">
        <input type="hidden" name="returnUrl" value="{Html(LocalUrl.OrRoot(page.Query.GetValueOrDefault("returnUrl")))}">
        <button>Confirm and go on</button>
        </form>
        """);

    private static string BuiltIn(PageContext page, int status, string detail, string more) => BuiltIn(StatusText.Of(status), $"""
        <p>{Html(detail)}</p>
        {more}
        <p><small>Status {status} · request {Html(page.RequestId)}</small></p>
        """);

    private static string BuiltIn(string title, string content) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Html(title)}}</title>
        <style>
        body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 12vh auto 2rem; padding: 0 1.5rem; color: #1d2430; background: #fbfaf7 }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem } h2 { font-size: 1.1rem } p { margin: 0 0 1rem }
        pre { overflow-x: auto; padding: 1rem; background: #f0ede5; border-radius: .4rem; font-size: .9rem } small { color: #5b6472 } button { font: inherit; padding: .5rem 1rem }
        @media (prefers-color-scheme: dark) { body { color: #e6e8ec; background: #14171d } pre { background: #1f242d } small { color: #a3abb8 } }
        </style>
        </head>
        <body>
        <main>
        <h1>{{Html(title)}}</h1>
        {{content}}
        </main>
        </body>
        </html>

        """;

    private static async Task SendAsync(PageContext page, int status, ReadOnlyMemory<byte> body)
    {
        var response = page.Http.Response;
        response.StatusCode = status;
        response.Headers.ContentType = "text/html; charset=utf-8";
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-store";
        if (page.CacheStatus.Length > 0) response.Headers["Cache-Status"] = page.CacheStatus;
        response.ContentLength = body.Length;
        if (page.Method == "HEAD") return;
        page.BytesSent = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    private bool TryRender(PageContext page, int status, string detail, IBufferWriter<byte> output)
    {
        try
        {
            var theme = page.Theme ?? page.Generation.Templates.Theme(page.Domain.Theme);
            if (theme?.Find(status.ToString()) is not { } name) return false;
            var data = page.Data ?? new ContextData(
                new DataMap { ["theme"] = theme.Name, ["path"] = page.Path, ["timestamp"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ"), ["request_id"] = page.RequestId },
                new DataMap());
            var model = PageModel.ForTemplate(data, new DataMap { ["status"] = status, ["detail"] = detail });
            theme.Template(name).Render(model, output, page.Generation.Templates.Limits);
            return true;
        }
        catch (TemplateException exception)
        {
            logger.LogError("incident {RequestId}: the page for status {Status}: {Problem}", page.RequestId, status, exception.Problem);
            return false;
        }
    }
}
