using System.Text.Json;
using Platform.Host.Configuration;
using Platform.Host.Generations;
using Platform.Host.Plugins;

namespace Platform.Host.Api;

/// <summary>One plugin of the list: in service, or why not.</summary>
/// <param name="Package">The name of its assembly: what commands call it.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Version">Its version; empty where it is not known.</param>
/// <param name="State"><c>running</c>, <c>off</c>, <c>hung</c>, <c>disabled</c>, <c>refused</c>, or what its runtime says: <c>restarting</c>, <c>quarantined</c>.</param>
/// <param name="Reason">Why, in a line; empty where there is nothing to say.</param>
/// <param name="Isolation">Where it runs.</param>
/// <param name="Calls">Calls since its start.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Rights">What its plugin.yaml says it wants to use, in a line.</param>
public sealed record PluginRow(string Package, string Name, string Version, string State, string Reason, string Isolation = "", long Calls = 0, long Failures = 0, string Rights = "")
{
    /// <summary>All that lie in a site's plugins/, and all that serve.</summary>
    public static IReadOnlyList<PluginRow> Of(SiteFolder site, Generation generation)
    {
        var (rows, sources) = (new List<PluginRow>(), Sources(site, generation) ?? []);
        foreach (var assembly in generation.Plugins.Assemblies)
        {
            var name = assembly.Source.Name;
            var refused = generation.Problems.FirstOrDefault(p => IsAbout(p, name))?.ToString() ?? "";
            rows.AddRange(assembly.Plugins.Select(plugin => Of(assembly, plugin, refused)));
            rows.AddRange(assembly.Names.Except(assembly.Plugins.Select(p => p.Name)).Select(off => new PluginRow(name, off, "", "disabled", $"config.yaml: plugins.each.{off}.enabled is false")));
        }

        foreach (var source in sources.Where(s => !generation.Plugins.Assemblies.Any(a => a.Source.Name == s.Name)))
        {
            var reason = source.IsDisabled ? $"plugins/{DisabledPlugins.FileName}" : IsDisabled(source, generation) ? $"config.yaml: plugins.each.{source.Name}.enabled is false" : null;
            rows.Add(new(source.Name, source.Name, "", reason is null ? "refused" : "disabled", reason ?? generation.Problems.FirstOrDefault(p => IsAbout(p, source.Name))?.ToString() ?? ""));
        }

        // What is no plugin at all has a problem and nothing else.
        rows.AddRange(
            from problem in generation.Problems
            where problem.File.StartsWith("plugins/", StringComparison.Ordinal)
            let name = problem.File["plugins/".Length..].Split('/')[0]
            where Directory.Exists(Path.Combine(site.Plugins, name)) && !rows.Exists(row => row.Package == name)
            select new PluginRow(name, name, "", "refused", problem.ToString()));
        return [.. rows.OrderBy(row => row.Name, StringComparer.Ordinal)];
    }

    /// <summary>What lies in plugins/ now, as the generation's configuration has it; null where that can't be read.</summary>
    public static IReadOnlyList<PluginSource>? Sources(SiteFolder site, Generation generation) => PluginFolder.Scan(site.Plugins, [], name => generation.Options.Plugins.For(name).Command.Count > 0);

    /// <summary>True where nothing of the assembly may run.</summary>
    public static bool IsDisabled(PluginSource source, Generation generation) => source.IsDisabled || !generation.Options.Plugins.For(source.Name).Enabled;

    /// <summary>True where a problem is one of the files of this plugin.</summary>
    public static bool IsAbout(Problem problem, string name) =>
        problem.File == $"plugins/{name}" || problem.File == $"plugins/{name}.dll" || problem.File.StartsWith($"plugins/{name}/", StringComparison.Ordinal);

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("package", Package);
        writer.WriteString("name", Name);
        writer.WriteString("version", Version);
        writer.WriteString("state", State);
        writer.WriteString("reason", Reason);
        writer.WriteString("isolation", Isolation);
        writer.WriteNumber("calls", Calls);
        writer.WriteNumber("failures", Failures);
        writer.WriteString("rights", Rights);
        writer.WriteEndObject();
    }

    private static PluginRow Of(PluginAssembly assembly, LoadedPlugin plugin, string refused)
    {
        var boundary = plugin.Boundary;
        return new(
            assembly.Source.Name,
            plugin.Name,
            plugin.Version,
            plugin.State,
            refused.Length > 0 ? refused : plugin.State == "running" ? "" : boundary.LastFailure?.Message ?? "",
            assembly.Runtime.Isolation.Name(),
            boundary.Calls,
            boundary.Failures,
            $"{assembly.Manifest.Rights}");
    }
}
