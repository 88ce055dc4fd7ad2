using System.Globalization;
using System.Reflection;
using Platform.Host.Plugins;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>Step 6: what every page knows: the request's own facts, and <c>global_data</c> of every plugin, asked in parallel and merged in plugin order.</summary>
public sealed class ContextDataMiddleware(PageDelegate next, PluginRequests requests, ErrorPage errors, TimeProvider time, ILogger logger)
{
    private const int FactCount = 9;

    private SecondText? shown;

    /// <summary>The server's version, as templates and /health show it.</summary>
    public static string Version { get; } = typeof(ContextDataMiddleware).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Gathers the data.</summary>
    public async Task InvokeAsync(PageContext page)
    {
        var plugins = page.Generation.Plugins.GlobalData;
        var global = new PluginMerge(page.Generation.Plugins, logger);
        var isRefused = page.Generation.Plugins.Missing.Count > 0;
        if (plugins.Length > 0)
        {
            var request = requests.For(page, page.Path);
            var asked = new ValueTask<(PluginOutcome<PageData> Outcome, RequestReads Read)>[plugins.Length];
            for (var i = 0; i < plugins.Length; i++) asked[i] = plugins[i].GlobalDataAsync(request.Fresh(), page.UserKey, page.Generation.Stamp);
            for (var i = 0; i < plugins.Length; i++)
            {
                var (outcome, read) = await asked[i];
                if (page.Slot is not null)
                {
                    page.Record.Reads.Add(read);
                    page.Record.Add(page.Generation.Versions.Plugin(plugins[i].Name));
                    page.Record.Add(page.Generation.Versions.Files(plugins[i].Name, outcome.Value?.Files));
                }

                page.IsDegraded |= outcome.IsFailure;
                isRefused |= outcome.IsFailure && outcome.Value is null && plugins[i].Boundary.Limits.IsRequired;
                if (outcome.Value is { } data) global.Add(plugins[i].Name, data);
            }
        }

        page.Data = new(Facts(page), global.Merged);
        if (isRefused)
        {
            await errors.WriteAsync(page, StatusCodes.Status502BadGateway, "A plugin that every page needs has failed.", "plugin_failed");
            return;
        }

        await next(page);
    }

    private DataMap Facts(PageContext page)
    {
        var facts = new DataMap(FactCount)
        {
            ["theme"] = page.Domain.Theme,
            ["path"] = page.Path,
            ["query"] = new NotedMap(Map(page.Query), page.Record.Reads, RequestPart.Query),
            ["route"] = Map(page.Source!.Values),
            ["user"] = new NotedMap(
                new DataMap(4)
                {
                    ["id"] = page.Visitor.Id,
                    ["name"] = page.Visitor.Name,
                    ["permissions"] = page.Visitor.Permissions,
                    ["anonymous"] = page.Visitor.IsAnonymous,
                },
                page.Record.Reads,
                RequestPart.User),
            ["version"] = Version,
            ["timestamp"] = Timestamp(time.GetUtcNow()),
            ["request_id"] = page.RequestId,
        };
        if (page.Path == WarningGate.Path)
        {
            facts["return_url"] = LocalUrl.OrRoot(page.Query.GetValueOrDefault(WarningGate.ReturnKey));
            page.Record.Reads.Add(RequestPart.Query, WarningGate.ReturnKey);
        }

        return facts;
    }

    /// <summary>A moment as templates show it; one text for all pages of a second.</summary>
    private string Timestamp(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (shown is not { } text || text.Second != second) shown = text = new(second, now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        return text.Text;
    }

    private static DataMap Map(IReadOnlyDictionary<string, string> values)
    {
        var map = new DataMap();
        if (values.Count == 0) return map;
        foreach (var (key, value) in values) map[key] = value;
        return map;
    }

    private sealed record SecondText(long Second, string Text);
}
