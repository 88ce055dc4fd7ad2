using Platform.Host.Configuration;

namespace Platform.Host.Plugins;

/// <summary>Starts plugins after those that they require. One whose requirement is missing, refused or part of a circle is refused itself, and the rest goes on.</summary>
public sealed class PluginOrder(PluginSet previous, PluginUpdate update, List<Problem> problems)
{
    private readonly List<PluginAssembly> loaded = [];

    /// <summary>Starts them.</summary>
    /// <returns>Those in force, in the order of the sources.</returns>
    public async Task<IReadOnlyList<PluginAssembly>> LoadAsync(IReadOnlyList<PluginSource> sources, PluginOptions options)
    {
        var waiting = new List<(PluginSource Source, PluginSettings Settings)>();
        foreach (var source in sources)
        {
            // Switched off under the assembly's name, not even its constructor runs.
            if (source.IsDisabled || !options.For(source.Name).Enabled) continue;
            if (PluginSettings.Read(source, options, problems) is { } settings)
            {
                if (settings.IsEnabled) waiting.Add((source, settings));
            }
            else if (Older(source) is { } older)
            {
                loaded.Add(older);
            }
        }

        foreach (var group in waiting.Where(plugin => plugin.Settings.Code.Group is not null).GroupBy(plugin => plugin.Settings.Code.Group).ToList())
        {
            var stamp = string.Join(';', group.Select(plugin => $"{plugin.Source} {plugin.Settings.CodeText([plugin.Source.Name], PluginIsolation.Process)}"));
            foreach (var plugin in group) plugin.Settings.GroupStamp = stamp;
        }

        while (waiting.Count > 0)
        {
            var ready = waiting.Where(plugin => !plugin.Settings.Manifest.Requires.Any(need => waiting.Any(other => other.Settings.KnownNames.Contains(need.Plugin)))).ToList();
            if (ready.Count == 0)
            {
                foreach (var plugin in waiting) Refuse(plugin.Source, $"requires {Circle(plugin, waiting)}: a circle; expected plugins that can start one after the other. Remove one of these requirements.");
                break;
            }

            waiting.RemoveAll(ready.Contains);
            await Task.WhenAll(ready.Where(plugin => IsMet(plugin.Source, plugin.Settings)).ToList().Select(plugin => UpdateAsync(plugin.Source, plugin.Settings)));
        }

        return [.. loaded.OrderBy(assembly => sources.ToList().FindIndex(source => source.Name == assembly.Source.Name))];
    }

    private PluginAssembly? Older(PluginSource source) => previous.Assemblies.FirstOrDefault(a => a.Source.Name == source.Name);

    private async Task UpdateAsync(PluginSource source, PluginSettings settings)
    {
        var (assembly, found) = await update.RunAsync(source, settings, Older(source));
        lock (loaded)
        {
            problems.AddRange(found);
            if (assembly is not null) loaded.Add(assembly);
        }
    }

    private bool IsMet(PluginSource source, PluginSettings settings)
    {
        foreach (var need in settings.Manifest.Requires)
        {
            if (Find(need.Plugin) is not { } found)
            {
                Refuse(source, $"requires the plugin {need}, which is not in service; expected it in plugins/. Install it, or look at why it was refused.");
                return false;
            }

            var version = found.Manifest.Version ?? found.Version;
            if (need.Versions?.Holds(version) == false)
            {
                Refuse(source, $"requires the plugin {need}; {need.Plugin} {version} is in service. Install another version of one of the two.");
                return false;
            }
        }

        if (settings.Manifest.Sdk is not { } sdk || sdk.Holds(PluginSdk.Version)) return true;
        Refuse(source, $"was made for Platform.Sdk {sdk} (plugin.yaml: sdk); this server has {PluginSdk.Version}. Install another version of the plugin.");
        return false;
    }

    private PluginAssembly? Find(string plugin) => loaded.Find(a => a.Source.Name == plugin || a.Manifest.Name == plugin || a.Plugins.Any(p => p.Name == plugin));

    /// <summary>What can't start is not used; an older version whose own needs are met stays.</summary>
    private void Refuse(PluginSource source, string why)
    {
        var older = Older(source) is { } before && before.Source != source && before.Manifest.Requires.All(need => Find(need.Plugin) is not null) ? before : null;
        if (older is not null) loaded.Add(older);
        problems.Add(PluginUpdate.Refusal(source, $"{why}{(older is null ? " The plugin is not used." : $" Version {older.Version} stays in service.")}"));
    }

    private static string Circle((PluginSource Source, PluginSettings Settings) start, List<(PluginSource Source, PluginSettings Settings)> waiting)
    {
        var way = new List<string>();
        for (var plugin = start; ;)
        {
            var next = waiting.Find(other => plugin.Settings.Manifest.Requires.Any(need => other.Settings.KnownNames.Contains(need.Plugin)));
            way.Add(next.Source.Name);
            if (next == start || way.Count(name => name == next.Source.Name) > 1) return string.Join(", which requires ", way);
            plugin = next;
        }
    }
}
