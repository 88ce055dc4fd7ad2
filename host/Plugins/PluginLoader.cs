using System.Collections.Concurrent;
using System.Reflection;
using Platform.Host.Configuration;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>Loads and starts plugins; what is unchanged is taken over from the set in force.</summary>
public sealed class PluginLoader(PluginWatchdog watchdog, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger logger = loggers.CreateLogger("plugins");
    private readonly HashSet<(string Helper, string Earlier, string Later)> said = [];
    private readonly ConcurrentDictionary<(PluginSource Source, string Settings), Problem> failed = new();

    /// <summary>Tries again what failed to start before.</summary>
    public void Retry() => failed.Clear();

    /// <summary>Builds the next set. A plugin that fails to start is left out, or its older version stays; the rest goes on.</summary>
    public async Task<PluginSet> LoadAsync(SiteFolder site, ConfigurationResult configuration, PluginSet previous)
    {
        var problems = new List<Problem>();
        if (PluginFolder.Scan(site.Plugins, problems) is not { } sources) return new(previous.Assemblies, problems);

        var loaded = await Task.WhenAll(sources.Select(source => LoadAsync(site, source, configuration, previous, problems)));
        var owners = new Dictionary<string, PluginAssembly>(StringComparer.Ordinal);
        var kept = new List<PluginAssembly>();
        foreach (var assembly in loaded.OfType<PluginAssembly>())
        {
            if (assembly.Plugins.FirstOrDefault(p => owners.ContainsKey(p.Name)) is { } twin)
            {
                problems.Add(Reject(assembly.Source, $"the plugin name \"{twin.Name}\" is already taken by {owners[twin.Name].Source.Name}; expected a name of its own. Remove one of the two."));
                if (!previous.Assemblies.Contains(assembly)) await assembly.DisposeAsync();
                continue;
            }

            foreach (var plugin in assembly.Plugins) owners.Add(plugin.Name, assembly);
            kept.Add(assembly);
        }

        problems.AddRange(
            from name in configuration.Options!.Plugins.Each.Keys
            where !owners.ContainsKey(name) && !sources.Any(s => s.Name == name) && !kept.Any(a => a.Names.Contains(name))
            select new Problem("config.yaml", 0, 0, $"plugins.each.{name}: no such plugin is installed. Put it into plugins/, or remove the entry."));
        var set = new PluginSet(kept, problems);
        TellHelpers(set);
        return set;
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
                    if (earlier.Length == 0) logger.LogWarning("the helper {Helper} of the plugin {Plugin} stands in for the one that comes with the server", helper.Name, plugin.Name);
                    else logger.LogWarning("the helper {Helper} is given by the plugins {Earlier} and {Later}; the later in plugin order wins", helper.Name, earlier, plugin.Name);
                }

                owners[helper.Name] = plugin.Name;
            }
        }
    }

    private static Problem Reject(PluginSource source, string why) => new($"plugins/{Path.GetRelativePath(source.IsBare ? source.Folder : Path.GetDirectoryName(source.Folder)!, source.AssemblyPath)}", 0, 0, why);

    private async Task<PluginAssembly?> LoadAsync(SiteFolder site, PluginSource source, ConfigurationResult configuration, PluginSet previous, List<Problem> problems)
    {
        var older = previous.Assemblies.FirstOrDefault(a => a.Source.Name == source.Name);
        var options = configuration.Options!.Plugins;
        // Switched off under the assembly's name, not even its constructor runs.
        if (!options.For(source.Name).Enabled) return null;

        var found = new List<Problem>();
        if (PluginSettings.Read(source, options, found) is not { } settings)
        {
            lock (problems) problems.AddRange(found);
            return older;
        }

        if (older is not null && older.Source == source && older.Settings == settings.Text(older.Names)) return older;
        var attempt = (source, settings.Text(older?.Names ?? [source.Name]));
        if (!failed.TryGetValue(attempt, out var problem))
        {
            try
            {
                return await new PluginStart(site, source, configuration, settings, new SharedRuntime(source), watchdog, time, logger).RunAsync();
            }
            catch (Exception exception)
            {
                problem = Reject(source, $"{Explain(exception)}{(older is null ? " The plugin is not used." : $" Version {older.Version} stays in service.")}");
                failed[attempt] = problem;
            }
        }

        lock (problems) problems.Add(problem);
        return older;
    }

    internal static string Explain(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Explain(inner),
        BadImageFormatException => "is not a .NET assembly, or only half of one. Build it for net10.0 and copy it again.",
        FileNotFoundException { FileName: { } missing } => $"needs {missing.Split(',')[0]}, which is not beside it. Copy all of the plugin's build output.",
        ReflectionTypeLoadException loading => $"can't be loaded: {(loading.LoaderExceptions.FirstOrDefault() is { } first ? PluginException.MessageOf(first) : "no reason given")}",
        TypeLoadException or MissingMethodException => $"was built for another Platform.Sdk: {PluginException.MessageOf(exception)} Build it against this server's.",
        PluginStartException refusal => refusal.Message,
        _ => $"fails to start: {PluginException.MessageOf(exception)}",
    };
}
