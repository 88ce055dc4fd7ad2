using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Platform.Host.Api;
using Platform.Host.Configuration;
using Platform.Host.Plugins;

namespace Platform.Host.Commands;

/// <summary>The list of a site's plugins, as the servers know them, or by the files alone where none runs.</summary>
public sealed class PluginTable(string configFile)
{
    private static readonly string[] Heads = ["NAME", "VERSION", "STATE", "ISOLATION", "CALLS", "FAILURES", "RIGHTS", "REASON"];

    private readonly SiteFolder site = new(configFile);

    /// <summary>Prints it.</summary>
    /// <param name="isJson">As JSON, an array of objects.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> PrintAsync(bool isJson)
    {
        var answers = await new RunningServers(configFile).AskAsync(HttpMethod.Get, "/plugins");
        if (answers.Count == 0) await Console.Error.WriteLineAsync("platform: no server runs; the list is of the files alone");
        foreach (var failure in answers.Where(answer => !answer.IsDone)) await Console.Error.WriteLineAsync($"platform: {failure.Socket}: {failure.Error}");
        var lists = answers.Count == 0 ? [OfFiles()] : answers.Where(answer => answer.IsDone).Select(answer => answer.Text).Distinct().ToList();
        foreach (var list in lists)
        {
            if (isJson) Console.WriteLine(list);
            else Print(list);
        }

        return answers.All(answer => answer.IsDone) ? 0 : 1;
    }

    private static void Print(string list)
    {
        using var document = JsonDocument.Parse(list);
        var rows = new List<string[]> { Heads };
        foreach (var row in document.RootElement.EnumerateArray())
        {
            string Text(string key) => row.GetProperty(key).ToString();
            rows.Add([Text("name") + (Text("package") == Text("name") ? "" : $" ({Text("package")})"), Text("version"), Text("state"), Text("isolation"), Text("calls"), Text("failures"), Text("rights"), Text("reason")]);
        }

        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows) Console.WriteLine(string.Join("  ", row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd());
    }

    private string OfFiles()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var source in PluginFolder.Scan(site.Plugins, []) ?? [])
            {
                var manifest = source.IsBare ? null : PluginSettings.Read(source, new PluginOptions(), [])?.Manifest;
                var version = (source.IsCommand ? manifest?.Version : FileVersionInfo.GetVersionInfo(source.AssemblyPath).ProductVersion?.Split('+')[0]) ?? "";
                new PluginRow(source.Name, source.Name, version, source.IsDisabled ? "disabled" : "installed", source.IsDisabled ? $"plugins/{DisabledPlugins.FileName}" : "", Rights: $"{manifest?.Rights}").Write(writer);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
