using System.Collections.Concurrent;
using Platform.Host.Configuration;
using Platform.Host.Plugins.Isolation;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>Loads and starts plugins, those first that others require; what is unchanged is taken over from the set in force.</summary>
public sealed class PluginLoader(PluginSetup setup)
{
    private readonly HashSet<(string Helper, string Earlier, string Later)> said = [];
    private readonly ChildGroups groups = new(setup.Logger);
    private readonly ConcurrentDictionary<string, IReadOnlyList<Problem>> failed = new();

    /// <summary>Plugins that were started and are named like others: by whom the name is taken, and what was said.</summary>
    private readonly ConcurrentDictionary<PluginSource, (PluginSource Owner, string Name, Problem Problem)> twins = new();

    /// <summary>Tries again what failed to start before, or crashed too often.</summary>
    public void Retry()
    {
        failed.Clear();
        twins.Clear();
        groups.Lift();
    }

    /// <summary>Builds the next set. A plugin that fails to start is left out, or its older version stays; the rest goes on.</summary>
    public async Task<PluginSet> LoadAsync(SiteFolder site, ConfigurationResult configuration, PluginSet previous)
    {
        var problems = new List<Problem>();
        var options = configuration.Options!.Plugins;
        if (PluginFolder.Scan(site.Plugins, problems, name => options.For(name).Command.Count > 0) is not { } sources) return new(previous.Assemblies, problems, previous.Missing);

        var update = new PluginUpdate(site, configuration, setup, groups, failed, IsTwin);
        var loaded = await new PluginOrder(previous, update, problems).LoadAsync(sources, options);
        var kept = await DistinctAsync(loaded, previous, problems);
        problems.AddRange(
            from name in options.Each.Keys
            where !sources.Any(s => s.Name == name) && !kept.Any(a => a.Names.Contains(name) || a.Manifest.Name == name)
            select new Problem("config.yaml", 0, 0, $"plugins.each.{name}: no such plugin is installed. Put it into plugins/, or remove the entry."));
        foreach (var gone in twins.Keys.Where(twin => !sources.Contains(twin))) twins.TryRemove(gone, out _);
        var missing = sources.Where(source => !source.IsDisabled && options.For(source.Name) is { Required: true, Enabled: true } && !kept.Any(a => a.Source.Name == source.Name)).Select(source => source.Name).ToList();
        var set = new PluginSet(kept, problems, missing);
        TellHelpers(set);
        foreach (var assembly in kept.Except(previous.Assemblies)) TellUnprovided(assembly);
        return set;

        // Not started only to be refused again, as long as the one that has its name serves as it did.
        Problem? IsTwin(PluginSource source) =>
            twins.TryGetValue(source, out var twin) && sources.Contains(twin.Owner) && !twin.Owner.IsDisabled && options.For(twin.Owner.Name).Enabled && options.For(twin.Name).Enabled && previous.Assemblies.Any(a => a.Source == twin.Owner) ? twin.Problem : null;
    }

    /// <summary>Of plugins with the same name the first stays.</summary>
    private async Task<List<PluginAssembly>> DistinctAsync(IEnumerable<PluginAssembly> loaded, PluginSet previous, List<Problem> problems)
    {
        var owners = new Dictionary<string, PluginAssembly>(StringComparer.Ordinal);
        var kept = new List<PluginAssembly>();
        foreach (var assembly in loaded)
        {
            if (assembly.Plugins.FirstOrDefault(p => owners.ContainsKey(p.Name)) is { } twin)
            {
                var problem = PluginUpdate.Refusal(assembly.Source, $"the plugin name \"{twin.Name}\" is already taken by {owners[twin.Name].Source.Name}; expected a name of its own. Remove one of the two.");
                problems.Add(problem);
                if (previous.Assemblies.Contains(assembly)) continue;
                twins[assembly.Source] = (owners[twin.Name].Source, twin.Name, problem);
                await assembly.DisposeAsync(withCode: !previous.Assemblies.Any(a => a.Runtime == assembly.Runtime));
                var older = previous.Assemblies.FirstOrDefault(a => a.Source.Name == assembly.Source.Name);
                if (older is null || older.Plugins.Any(p => owners.ContainsKey(p.Name))) continue;
                foreach (var plugin in older.Plugins) owners.Add(plugin.Name, older);
                kept.Add(older);
                continue;
            }

            foreach (var plugin in assembly.Plugins) owners.Add(plugin.Name, assembly);
            kept.Add(assembly);
        }

        return kept;
    }

    /// <summary>Says where plugin.yaml names other helpers than the code brings: who reads it is misled.</summary>
    private void TellUnprovided(PluginAssembly assembly)
    {
        if (assembly.Manifest.Provides.Helpers.Count == 0) return;
        var brought = assembly.Plugins.SelectMany(plugin => plugin.Helpers).Select(helper => helper.Name).ToList();
        var (absent, unsaid) = (assembly.Manifest.Provides.Helpers.Except(brought).ToList(), brought.Except(assembly.Manifest.Provides.Helpers).ToList());
        if (absent.Count > 0) setup.Logger.LogWarning("plugins/{Name}/plugin.yaml: provides.helpers names {Helpers}, which the plugin does not bring", assembly.Source.Name, string.Join(", ", absent));
        if (unsaid.Count > 0) setup.Logger.LogWarning("plugins/{Name}/plugin.yaml: provides.helpers does not name {Helpers}, which the plugin brings", assembly.Source.Name, string.Join(", ", unsaid));
    }

    /// <summary>Says once which helper stands in for which.</summary>
    private void TellHelpers(PluginSet set)
    {
        var owners = BuiltinHelpers.All.ToDictionary(helper => helper.Name, _ => "", StringComparer.Ordinal);
        foreach (var plugin in set.Plugins)
        {
            foreach (var helper in plugin.Helpers)
            {
                if (owners.TryGetValue(helper.Name, out var earlier) && said.Add((helper.Name, earlier, plugin.Name)))
                {
                    if (earlier.Length == 0) setup.Logger.LogWarning("the helper {Helper} of the plugin {Plugin} stands in for the one that comes with the server", helper.Name, plugin.Name);
                    else setup.Logger.LogWarning("the helper {Helper} is given by the plugins {Earlier} and {Later}; the later in plugin order wins", helper.Name, earlier, plugin.Name);
                }

                owners[helper.Name] = plugin.Name;
            }
        }
    }
}
