using System.Reflection;
using Platform.Host.Configuration;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>Loads and starts plugins; what is unchanged is taken over from the set in force.</summary>
public sealed class PluginLoader(PluginWatchdog watchdog, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(10);

    private readonly ILogger logger = loggers.CreateLogger("plugins");

    /// <summary>Builds the next set. A plugin that fails to start is left out, or its older version stays; the rest goes on.</summary>
    public async Task<PluginSet> LoadAsync(SiteFolder site, ConfigurationResult configuration, PluginSet previous)
    {
        var (sources, found) = PluginFolder.Scan(site.Plugins);
        var problems = new List<Problem>(found);
        var assemblies = await Task.WhenAll(sources.Select(source => LoadAsync(site, source, configuration, previous, problems)));

        var names = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<PluginAssembly>();
        foreach (var assembly in assemblies.OfType<PluginAssembly>())
        {
            if (assembly.Plugins.FirstOrDefault(p => !names.Add(p.Name)) is { } twin)
            {
                problems.Add(Reject(assembly.Source, $"the plugin name \"{twin.Name}\" is already taken; expected a name of its own. Remove one of the two."));
                if (!previous.Assemblies.Contains(assembly)) assembly.Unload();
                continue;
            }

            kept.Add(assembly);
        }

        foreach (var name in configuration.Options!.Plugins.Each.Keys.Where(name => !names.Contains(name) && !sources.Any(s => s.Name == name)))
        {
            problems.Add(new("config.yaml", 0, 0, $"plugins.each.{name}: no such plugin is installed. Put it into plugins/, or remove the entry."));
        }

        return new(kept, problems);
    }

    private static Problem Reject(PluginSource source, string why) => new($"plugins/{Path.GetRelativePath(source.IsBare ? source.Folder : Path.GetDirectoryName(source.Folder)!, source.AssemblyPath)}", 0, 0, why);

    private async Task<PluginAssembly?> LoadAsync(SiteFolder site, PluginSource source, ConfigurationResult configuration, PluginSet previous, List<Problem> problems)
    {
        var older = previous.Assemblies.FirstOrDefault(a => a.Source.Name == source.Name);
        try
        {
            var found = new List<Problem>();
            if (PluginSettings.Read(source, configuration.Options!.Plugins, found) is not { } settings)
            {
                lock (problems) problems.AddRange(found);
                return older;
            }

            if (older is not null && older.Source == source && older.Settings == settings.Text(older.Names)) return older;
            return await StartAsync(site, source, configuration, settings);
        }
        catch (Exception exception)
        {
            var problem = Reject(source, $"{Explain(exception)}{(older is null ? " The plugin is not used." : $" Version {older.Version} stays in service.")}");
            lock (problems) problems.Add(problem);
            return older;
        }
    }

    private async Task<PluginAssembly?> StartAsync(SiteFolder site, PluginSource source, ConfigurationResult configuration, PluginSettings settings)
    {
        var context = new PluginLoadContext(source.Name, source.AssemblyPath);
        try
        {
            var assembly = context.LoadPlugin();
            var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "0";
            var types = assembly.GetExportedTypes().Where(t => typeof(IPlugin).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false } && t.GetConstructor(Type.EmptyTypes) is not null).ToList();
            if (types.Count == 0) throw new InvalidDataException("holds no plugin; expected a public class that implements Platform.Sdk.IPlugin and has a public parameterless constructor.");

            var (plugins, all) = (new List<LoadedPlugin>(), new List<string>());
            foreach (var type in types)
            {
                var plugin = await Limited("its constructor", _ => new ValueTask<IPlugin>((IPlugin)Activator.CreateInstance(type)!));
                var name = plugin.Name;
                CheckName(name);
                var entry = configuration.Options!.Plugins.For(name);
                all.Add(name);
                if (!entry.Enabled)
                {
                    logger.LogInformation("plugin {Plugin}: not used: plugins.each.{Name}.enabled is false", name, name);
                    continue;
                }

                await Limited("InitAsync", async cancel =>
                {
                    await plugin.InitAsync(new PluginConfig { Settings = settings.For(name), Application = configuration.ApplicationSettings, ConfigPath = site.ConfigFile, Folder = source.Folder }, cancel);
                    return true;
                });
                plugins.Add(new(plugin, name, version, entry.Order, new PluginBoundary(name, settings.LimitsOf(name), watchdog, time, logger), time));
                logger.LogInformation("plugin {Plugin} {Version}: in service", name, version);
            }

            return new(source, settings.Text(all), all, context, plugins, watchdog);
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    private static async Task<T> Limited<T>(string what, Func<CancellationToken, ValueTask<T>> start)
    {
        using var cancel = new CancellationTokenSource(InitLimit);
        try
        {
            return await Task.Run(() => start(cancel.Token).AsTask()).WaitAsync(InitLimit);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException && cancel.IsCancellationRequested)
        {
            throw new InvalidDataException($"{what} did not end within {InitLimit.TotalSeconds:0} s.");
        }
    }

    private static void CheckName(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > 64 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            throw new InvalidDataException($"its name is \"{name?.ReplaceLineEndings(" ")}\"; expected 1 to 64 letters, digits, '-', '_' or '.'.");
        }
    }

    private static string Explain(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Explain(inner),
        BadImageFormatException => "is not a .NET assembly, or only half of one. Build it for net10.0 and copy it again.",
        FileNotFoundException { FileName: { } missing } => $"needs {missing.Split(',')[0]}, which is not beside it. Copy all of the plugin's build output.",
        ReflectionTypeLoadException loading => $"can't be loaded: {(loading.LoaderExceptions.FirstOrDefault() is { } first ? PluginException.MessageOf(first) : "no reason given")}",
        TypeLoadException or MissingMethodException => $"was built for another Platform.Sdk: {PluginException.MessageOf(exception)} Build it against this server's.",
        InvalidDataException => exception.Message,
        _ => $"fails to start: {PluginException.MessageOf(exception)}",
    };
}
