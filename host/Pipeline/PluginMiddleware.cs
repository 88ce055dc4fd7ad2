using Platform.Host.Plugins;
using Platform.Host.Transport;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>A named place between two steps at which plugins may stand: each is asked in plugin order, until one answers.</summary>
public sealed class PluginMiddleware(PageDelegate next, MiddlewareSlot slot, PluginRequests requests, ErrorPage errors)
{
    /// <summary>Asks them; where nobody stands here, it costs nothing.</summary>
    public Task InvokeAsync(PageContext page) => page.Generation.Plugins.Middleware(slot) is { Length: > 0 } plugins ? AskAsync(page, plugins) : next(page);

    private async Task AskAsync(PageContext page, LoadedPlugin[] plugins)
    {
        await PoolThread.Switch();
        foreach (var plugin in plugins)
        {
            var request = requests.For(page, page.Path);
            var outcome = await plugin.MiddlewareAsync(request);
            // Ahead of the cache it is asked for stored pages too: what it read makes no difference to what is stored.
            if (slot != MiddlewareSlot.BeforeCache)
            {
                page.Record.Reads.Add(request.Reads);
                page.Record.Add(page.Generation.Versions.Plugin(plugin.Name));
            }

            if (outcome.IsFailure)
            {
                page.IsDegraded = true;
                if (!plugin.Boundary.Limits.IsRequired) continue;
                await errors.WriteAsync(page, StatusCodes.Status502BadGateway, "A plugin that every page needs has failed.", "plugin_failed");
                return;
            }

            if (outcome.Value is not { } result) continue;
            if (result.Status is { } status)
            {
                page.Slot?.Refuse(status);
                await AnswerAsync(page, result, status);
                return;
            }

            foreach (var (name, value) in result.Headers)
            {
                if (!PluginHeaders.IsAllowed(name, value)) continue;
                if (slot == MiddlewareSlot.BeforeCache) page.Http.Response.Headers[name] = value;
                else page.AddHeader(name, value);
            }
        }

        await next(page);
    }

    private static async Task AnswerAsync(PageContext page, MiddlewareResult result, int status)
    {
        var response = page.Http.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        foreach (var (name, value) in result.Headers) if (PluginHeaders.IsAllowed(name, value)) response.Headers[name] = value;
        if (result.Location is { } location) response.Headers.Location = location;
        if (status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified || result.Location is not null) return;
        var body = System.Text.Encoding.UTF8.GetBytes(result.Body);
        if (PluginHeaders.IsAllowed("Content-Type", result.ContentType)) response.Headers.ContentType = result.ContentType;
        response.ContentLength = body.Length;
        if (page.Method == "HEAD") return;
        page.BytesSent = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }
}
