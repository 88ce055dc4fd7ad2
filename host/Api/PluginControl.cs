using System.Globalization;
using System.Text.Json;
using Platform.Host.Configuration;
using Platform.Host.Generations;
using Platform.Host.Plugins;

namespace Platform.Host.Api;

/// <summary>What the plugin commands of this machine ask of the running server: take up what lies in plugins/ now, the plugins in force, their lines of the log.</summary>
public sealed class PluginControl(SiteFolder site, GenerationStore generations, PluginLogLines lines)
{
    /// <summary>Set once the server runs: reloads, and says what is wrong.</summary>
    public Func<bool, Task<IReadOnlyList<Problem>>>? Reload { get; set; }

    /// <summary>Answers a command.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var name = http.Request.Query["name"].ToString();
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        switch (http.Request.Method, http.Request.Path.Value)
        {
            case ("POST", "/plugins/reload") when Reload is { } reload:
                await reload(false);
                Write(writer, name, generations.Current);
                break;
            case ("GET", "/plugins"):
                writer.WriteStartArray();
                foreach (var row in PluginRow.Of(site, generations.Current)) row.Write(writer);
                writer.WriteEndArray();
                break;
            case ("GET", "/plugins/log"):
                Write(writer, name, Number(http, "n", PluginLogLines.Kept), Number(http, "after", 0));
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    /// <summary>Whether what lies in the plugin's place is what serves, and what is wrong with it.</summary>
    private void Write(Utf8JsonWriter writer, string name, Generation generation)
    {
        var source = PluginRow.Sources(site, generation)?.FirstOrDefault(s => s.Name == name);
        var assembly = generation.Plugins.Assemblies.FirstOrDefault(a => a.Source.Name == name);
        var quarantined = assembly?.Plugins.FirstOrDefault(plugin => plugin.State == "quarantined");
        writer.WriteStartObject();
        writer.WriteBoolean("loaded", assembly is not null);
        writer.WriteBoolean("current", assembly is not null && assembly.Source == source && quarantined is null);
        writer.WriteBoolean("disabled", source is not null && PluginRow.IsDisabled(source, generation));
        writer.WriteString("version", assembly?.Plugins.Count > 0 ? assembly.Version : "");
        writer.WriteStartArray("problems");
        if (quarantined is not null) writer.WriteStringValue($"plugins/{name}: quarantined: {quarantined.Boundary.LastFailure?.Message ?? "its process ended too often"}");
        foreach (var problem in generation.Problems.Where(p => PluginRow.IsAbout(p, name) || p.Message.StartsWith($"plugins.each.{name}.", StringComparison.Ordinal))) writer.WriteStringValue(problem.ToString());
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, string name, long count, long after)
    {
        writer.WriteStartObject();
        writer.WriteString("id", lines.Id);
        writer.WriteStartArray("lines");
        foreach (var (number, text) in lines.Of(name, (int)Math.Clamp(count, 0, PluginLogLines.Kept), after))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(number);
            writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static long Number(HttpContext http, string key, long otherwise) =>
        long.TryParse(http.Request.Query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
