using Platform.Host.Pipeline;
using Platform.Host.Plugins;
using Platform.Host.Transport;
using Platform.Sdk;

namespace Platform.Host.Api;

/// <summary>/api/{app}/{module}/{method}: to the plugin that config.yaml maps the app to, or that says it answers it; else to the first that does.</summary>
public sealed class ApiHandler(PluginRequests requests)
{
    /// <summary>Answers an API call.</summary>
    public async Task InvokeAsync(PageContext page)
    {
        await PoolThread.Switch();
        var segments = page.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is not ["api", var app, var module, var method])
        {
            await ProblemBody.WriteAsync(page, StatusCodes.Status404NotFound, "api_unknown", "Expected /api/{app}/{module}/{method}.");
            return;
        }

        if (page.Method == "OPTIONS")
        {
            page.Http.Response.Headers.Allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
            page.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (await RequestBody.ReadAsync(page) is not { } body) return;
        var (set, options) = (page.Generation.Plugins, page.Generation.Options.Api);
        var isMapped = options.Apps.TryGetValue(app, out var owner) || set.Apps.TryGetValue(app, out owner);
        var asked = isMapped ? set.Api.Where(p => p.Name == owner) : set.Api;
        var request = requests.For(page, app, module, method, body);
        PluginFailure? failure = isMapped && !set.Plugins.Any(p => p.Name == owner) ? new(PluginFailureKind.Off, "its plugin is not installed") : null;
        foreach (var plugin in asked)
        {
            var outcome = await plugin.ApiDispatchAsync(app, request.Fresh());
            failure ??= outcome.Failure;
            if (outcome.Value is not { } result) continue;
            await SendAsync(page, result);
            return;
        }

        await (failure?.Kind switch
        {
            null => ProblemBody.WriteAsync(page, StatusCodes.Status404NotFound, "api_unknown", $"No plugin answers {app}/{module}/{method}."),
            PluginFailureKind.TimedOut => ProblemBody.WriteAsync(page, StatusCodes.Status504GatewayTimeout, "plugin_timeout", "The plugin did not answer in time."),
            PluginFailureKind.Busy or PluginFailureKind.Hung or PluginFailureKind.Off => UnavailableAsync(page),
            _ => ProblemBody.WriteAsync(page, StatusCodes.Status502BadGateway, "plugin_failed", $"The plugin failed. Incident {page.RequestId}."),
        });
    }

    private static Task UnavailableAsync(PageContext page)
    {
        page.Http.Response.Headers.RetryAfter = "5";
        return ProblemBody.WriteAsync(page, StatusCodes.Status503ServiceUnavailable, "plugin_unavailable", "The plugin is not available right now.");
    }

    private static async Task SendAsync(PageContext page, ApiResult result)
    {
        foreach (var (name, value) in result.Headers) if (PluginHeaders.IsAllowed(name, value)) page.Http.Response.Headers[name] = value;
        if (result.Code is not null)
        {
            await ProblemBody.WriteAsync(page, result.Status, result.Code, result.Message ?? "", result.Redirect);
            return;
        }

        if (result.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
        {
            page.Http.Response.StatusCode = result.Status;
            return;
        }

        using var buffer = new PooledBuffer();
        DataJson.Write(result.Value, buffer);
        await JsonResponse.SendAsync(page, result.Status, buffer.Written);
    }
}
