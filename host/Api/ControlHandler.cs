using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Host.Caching;
using Platform.Host.Generations;
using Platform.Host.Pipeline;
using Platform.Host.Transport;

namespace Platform.Host.Api;

/// <summary>What a command of this machine asks of the running server, over its control socket. No plugin, theme or cache stands in the way.</summary>
public sealed class ControlHandler(PageStore store, HealthHandler health, PluginControl plugins)
{
    /// <summary>Set once the server runs: reloads, and says what is wrong.</summary>
    public Func<bool, Task<IReadOnlyList<Configuration.Problem>>>? Reload { get; set; }

    /// <summary>Answers a command.</summary>
    public async Task InvokeAsync(HttpContext http, Generation generation)
    {
        await PoolThread.Switch();
        switch (http.Request.Method, http.Request.Path.Value)
        {
            case ("POST", "/cache/clear"):
                var tag = http.Request.Query["tag"].ToString();
                await store.ClearAsync(tag.Length > 0 ? tag : null);
                await http.Response.WriteAsync(tag.Length > 0 ? $"dropped the pages tagged {tag}\n" : "dropped all pages\n");
                break;
            case ("GET", "/cache/why"):
                await http.Response.WriteAsync(PageExplanation.Of(store, generation, http.Request.Query["url"].ToString()));
                break;
            case ("POST", "/reload") when Reload is { } reload:
                var problems = await reload(http.Request.Query["allow"] == "1");
                http.Response.StatusCode = problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
                await http.Response.WriteAsync(problems.Count == 0 ? "reloaded\n" : string.Concat(problems.Select(p => p + "\n")));
                break;
            case ("GET", "/status"):
                using (var buffer = new PooledBuffer())
                {
                    using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) health.Write(writer, generation, withProblems: true);
                    await http.Response.WriteAsync(Encoding.UTF8.GetString(buffer.Written.Span) + "\n");
                }

                break;
            case var (_, path) when path?.StartsWith("/plugins", StringComparison.Ordinal) == true:
                await plugins.InvokeAsync(http);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
