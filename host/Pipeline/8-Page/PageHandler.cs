using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Generations;
using Platform.Host.Plugins;
using Platform.Host.Themes;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>Step 8: the page itself. <c>data_for</c> of every plugin, asked in parallel and merged in plugin order; the template; rendering; storing; writing.</summary>
public sealed class PageHandler(PluginRequests requests, UnknownPaths unknown, ErrorPage errors, TimeProvider time, ILogger logger)
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>Makes and writes the page.</summary>
    public async Task InvokeAsync(PageContext page)
    {
        var source = page.Source!;
        if (await RequestBody.ReadAsync(page) is not { } body) return;
        var (plan, data, read, state) = source.Kind == SourceKind.Unknown ? (new PagePlan(page.AddedHeaders), new DataMap(), RequestPart.None, PageState.Whole) : await AskAsync(page, source, body);
        page.IsDegraded |= state != PageState.Whole;
        if (state == PageState.Refused)
        {
            await errors.WriteAsync(page, StatusCodes.Status502BadGateway, "A plugin that this page needs has failed.", "plugin_failed");
            return;
        }

        if (page is { IsDegraded: true, Stale: { } stale })
        {
            page.Slot?.Fail();
            await PageResponse.StaleAsync(page, stale, "error");
            return;
        }

        var template = plan.Template ?? source.Template;

        if (source.Kind is SourceKind.NotFound or SourceKind.Unknown && plan.Template is null)
        {
            if (state != PageState.Whole)
            {
                // The plugin that failed may be the one whose page this is: not found would be a guess.
                page.Http.Response.Headers.RetryAfter = "10";
                await errors.WriteAsync(page, StatusCodes.Status503ServiceUnavailable, "A plugin failed that may know this page.", "plugin_failed");
                return;
            }

            // Where a plugin looked at more than the path, it may answer the next visitor.
            if (source.Kind == SourceKind.NotFound && (read & ~RequestPart.Path) == RequestPart.None) unknown.Add(page);
            await errors.WriteAsync(page, StatusCodes.Status404NotFound, "There is no page of this name.", "not_found");
            return;
        }

        using var buffer = new PooledBuffer();
        try
        {
            if (source.Route is { IsJson: true } && plan.Template is null) DataJson.Write(PageModel.Merge(page.Data!, data), buffer);
            else await RenderAsync(page, template, data, buffer);
        }
        catch (TemplateException exception)
        {
            logger.LogError(exception, "incident {RequestId}: {Method} {Path}: {Problem}", page.RequestId, page.Method, page.Path, exception.Problem);
            page.Slot?.Fail();
            await errors.WriteTemplateErrorAsync(page, exception, PageModel.Merge(page.Data!, data));
            return;
        }

        var contentType = source.Route?.ContentType ?? (source.Route is { IsJson: true } && plan.Template is null ? "application/json; charset=utf-8" : Html);
        await WriteAsync(page, plan, buffer, contentType);
    }

    private static async ValueTask RenderAsync(PageContext page, string? template, DataMap data, PooledBuffer buffer)
    {
        var theme = page.Theme;
        if (template is null) throw new TemplateException(new Problem("routes.json", 0, 0, $"{page.Path}: no template; expected \"template\" at the route, a template named like the path, or one named by a plugin."));
        if (theme is null) throw new TemplateException(new Problem("routes.json", 0, 0, $"theme \"{page.Domain.Theme}\": not found; expected a folder of that name in {TemplateSetup.Folder}/themes."));
        if (theme.Find(template) is not { } name)
        {
            var hint = theme.Nearest(template) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";
            throw new TemplateException(new Problem($"{TemplateSetup.Folder}/themes/{theme.Name}", 0, 0, $"template \"{template}\" not found.{hint}"));
        }

        await PageRender.RunAsync(page, theme, name, PageModel.ForTemplate(page.Data!, data), buffer);
        if (page.Slot is not null) RecordTemplate(page, theme, name);
    }

    private async ValueTask<(PagePlan Plan, DataMap Data, RequestPart Read, PageState State)> AskAsync(PageContext page, PageSource source, ReadOnlyMemory<byte> body)
    {
        var plugins = page.Generation.Plugins.PageData;
        var plan = new PagePlan(page.AddedHeaders);
        var merge = new PluginMerge(page.Generation.Plugins, logger);
        if (plugins.Length == 0) return (plan, merge.Merged, RequestPart.None, PageState.Whole);

        var request = requests.For(page, source.Handler, body);
        var (read, state) = (RequestPart.None, PageState.Whole);
        var key = LastGoodKey(page, source);
        var own = new RequestParameter[plugins.Length];
        var asked = new ValueTask<PluginOutcome<PageData>>[plugins.Length];
        for (var i = 0; i < plugins.Length; i++) asked[i] = plugins[i].DataForAsync(source.Handler, own[i] = request.Fresh(), key);
        for (var i = 0; i < plugins.Length; i++)
        {
            var outcome = await asked[i];
            read |= own[i].Reads.Parts;
            if (page.Slot is not null) RecordAnswer(page, plugins[i].Name, own[i], outcome.Value);
            if (outcome.IsFailure && state != PageState.Refused) state = plugins[i].Boundary.Limits.IsRequired && outcome.Value is null ? PageState.Refused : PageState.Degraded;
            if (outcome.Value is not { } data) continue;
            plan.Add(data);
            merge.Add(plugins[i].Name, data);
        }

        return (plan, merge.Merged, read, state);
    }

    /// <summary>What a page is known by where a plugin's last good data of it are kept; null where it is made for one request only.</summary>
    private static string? LastGoodKey(PageContext page, PageSource source) =>
        page.IsRead && Array.Exists(page.Generation.Plugins.PageData, plugin => plugin.Boundary.Limits.KeepsLastGood)
            ? string.Join('\n', page.Domain.Name, page.Domain.Theme, source.Handler, page.Path, page.UserKey, string.Join('&', page.Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")))
            : null;

    private async Task WriteAsync(PageContext page, PagePlan plan, PooledBuffer buffer, string contentType)
    {
        var cache = page.Generation.Options.Cache;
        var life = Shortest(cache.TimeToLive, page.Source!.Route?.Cache.TimeToLive, plan.TimeToLive);
        var policy = PagePolicy.Of(page, page.Theme, contentType, page.Notes?.Nonce?.Read);
        // A nonce is of use for one response: whoever sees it twice can have a script of their own bear it.
        var isStorable = page.Notes?.Nonce?.Read is null && plan.Status == StatusCodes.Status200OK && !page.IsDegraded && !plan.IsPrivate && life > TimeSpan.Zero && page.Record.IsShareable;
        if (isStorable && page.Slot is { } slot && buffer.Written.Length <= cache.MaxEntryBytes)
        {
            var parts = page.Record.Parts;
            var (site, record) = (page.Generation, page.Record);
            record.Add(site.Versions.Settings);
            record.Add(site.Versions.Route(page.Domain, page.Path));
            var made = new CachedPage
            {
                Body = buffer.Written.ToArray(),
                ContentType = contentType,
                CacheControl = CacheControl(page, parts),
                Vary = Vary(parts),
                Headers = Headers(plan, policy),
                Tags = [.. plan.Tags],
                Key = PageKey.Show(page, parts),
                Dependencies = record.Dependencies,
                Stamp = site.Stamp,
                Made = time.GetUtcNow(),
                Life = CacheOptions.Jittered(life),
            };
            var isStored = slot.Fill(page, parts, made);
            await PageResponse.WriteAsync(page, made, isStored ? $"{page.CacheStatus}; stored" : page.CacheStatus);
            return;
        }

        if (page.IsDegraded) page.Slot?.Fail();
        else page.Slot?.Refuse(plan.Status);
        var response = page.Http.Response;
        response.StatusCode = plan.Status;
        foreach (var (name, value) in Headers(plan, policy)) response.Headers[name] = value;
        response.Headers.ContentType = contentType;
        if (!plan.Headers.ContainsKey("Cache-Control") && (page.IsDegraded || response.Headers.CacheControl.Count == 0)) response.Headers.CacheControl = page.IsDegraded ? "no-store" : "private, no-cache";
        if (page.CacheStatus.Length > 0) response.Headers["Cache-Status"] = page.CacheStatus = page.IsDegraded ? $"{page.CacheStatus}; detail=degraded" : page.CacheStatus;
        response.ContentLength = buffer.Written.Length;
        if (page.Method == "HEAD") return;
        page.BytesSent = buffer.Written.Length;
        await response.BodyWriter.WriteAsync(buffer.Written);
    }

    /// <summary>What plugins add, and the policy where none of them has given one.</summary>
    private static KeyValuePair<string, string>[] Headers(PagePlan plan, string? policy) =>
        policy is null || plan.Headers.ContainsKey(PagePolicy.Header) ? [.. plan.Headers] : [.. plan.Headers, new(PagePolicy.Header, policy)];

    /// <summary>Browsers and proxies may keep the page but ask each time; one that depends on the visitor, or is behind the notice, is his own.</summary>
    private static string CacheControl(PageContext page, KeyParts parts)
    {
        var access = page.Generation.Options.IpAccess;
        var isShared = !parts.User && !parts.Headers.Any(IsOfUser) && !(access.Enabled && access.Unlisted != UnlistedAccess.Allow);
        return isShared ? "public, no-cache" : "private, no-cache";
    }

    /// <summary>What of the request a proxy must look at beside the URL.</summary>
    private static string Vary(KeyParts parts) =>
        string.Join(", ", (string[])["Accept-Encoding", .. parts.User || parts.Cookies.Count > 0 || parts.Headers.Contains("cookie") ? ["Cookie"] : Array.Empty<string>(), .. parts.Headers.Where(name => name is not ("cookie" or "accept-encoding"))]);

    private static bool IsOfUser(string header) => header is "cookie" or "authorization";

    private static void RecordAnswer(PageContext page, string plugin, RequestParameter request, PageData? answer)
    {
        var (versions, record) = (page.Generation.Versions, page.Record);
        record.Reads.Add(request.Reads);
        if (answer is null)
        {
            record.AddSilent(versions.Silence(plugin));
            return;
        }

        record.Add(versions.Plugin(plugin));
        record.Add(versions.Files(plugin, answer.Files));
    }

    /// <summary>What the page was rendered with: the template and all it can call, the plugins whose helpers it may have called, the assets it named.</summary>
    private static void RecordTemplate(PageContext page, Theme theme, string name)
    {
        var (site, record) = (page.Generation, page.Record);
        record.Add(site.Versions.Template(theme.Name, name));
        foreach (var (path, url) in page.Notes!.Assets) record.Add(SiteVersions.Asset(theme.Name, path, url));
        if (theme.Closure(name) is not { } closure) return;
        if (closure.ReadsRequestId) record.Reads.Add(RequestPart.RequestId);
        foreach (var plugin in site.Plugins.Plugins.Where(plugin => plugin.Helpers.Any(helper => closure.Helpers.Contains(helper.Name)))) record.Add(site.Versions.Plugin(plugin.Name));
    }

    private static TimeSpan Shortest(TimeSpan configured, TimeSpan? route, TimeSpan? plugin)
    {
        var life = route ?? configured;
        return plugin < life ? plugin.Value : life;
    }
}

/// <summary>What the plugins' failures leave of a page.</summary>
internal enum PageState
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>What other plugins gave, or what was good before.</summary>
    Degraded,

    /// <summary>An error page: a plugin that it needs has failed.</summary>
    Refused,
}
