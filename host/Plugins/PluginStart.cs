using System.Reflection;
using Platform.Host.Configuration;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>The start of one assembly's plugins: load, construct, initialize. Each step of foreign code has ten seconds.</summary>
public sealed class PluginStart(SiteFolder site, PluginSource source, ConfigurationResult configuration, PluginSettings settings, PluginWatchdog watchdog, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>What a template means by these is the same on every server.</summary>
    private static readonly string[] OwnHelpers = ["if", "unless", "each", "with", "lookup", "asset", "nonce", "else", "this", "inline", "helperMissing", "blockHelperMissing"];

    private readonly List<LoadedPlugin> started = [];
    private readonly List<string> names = [];

    /// <summary>Starts them.</summary>
    /// <exception cref="Exception">Whatever goes wrong, foreign exceptions too; nothing of the assembly stays.</exception>
    public async Task<PluginAssembly> RunAsync()
    {
        var context = new PluginLoadContext(source.Name, source.AssemblyPath);
        try
        {
            var (version, types) = await Limited("loading it", _ => new ValueTask<(string, List<Type>)>(Load(context)));
            if (types.Count == 0) throw new PluginStartException("holds no plugin; expected a public class that implements Platform.Sdk.IPlugin and has a public parameterless constructor.");
            foreach (var type in types) await StartAsync(type, version);
            return new(source, settings.Text(names), names, context, started, watchdog) { Provides = settings.Provides };
        }
        catch
        {
            foreach (var plugin in started) await plugin.DisposeAsync();
            context.Unload();
            throw;
        }
    }

    private static (string Version, List<Type> Types) Load(PluginLoadContext context)
    {
        var assembly = context.LoadPlugin();
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "0";
        return (version, [.. assembly.GetExportedTypes().Where(t => typeof(IPlugin).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false } && t.GetConstructor(Type.EmptyTypes) is not null)]);
    }

    private async Task StartAsync(Type type, string version)
    {
        var (plugin, name) = await Limited("its constructor", _ =>
        {
            var made = (IPlugin)Activator.CreateInstance(type)!;
            return new ValueTask<(IPlugin, string)>((made, made.Name));
        });
        CheckName(name);
        var entry = configuration.Options!.Plugins.For(name);
        names.Add(name);
        if (!entry.Enabled)
        {
            logger.LogInformation("plugin {Plugin}: not used: plugins.each.{Name}.enabled is false", name, name);
            return;
        }

        var config = new PluginConfig { Settings = settings.For(name), Application = configuration.ApplicationSettings, ConfigPath = site.ConfigFile, Folder = source.Folder };
        await Limited("InitAsync", async cancel =>
        {
            await plugin.InitAsync(config, cancel).ConfigureAwait(false);
            return true;
        });
        var helpers = plugin is ITemplateHelpers with ? await Limited("Helpers", _ => new ValueTask<IReadOnlyList<TemplateHelper>>([.. with.Helpers])) : [];
        CheckHelpers(helpers);
        started.Add(new(plugin, helpers, name, version, entry.Order, new PluginBoundary(name, settings.LimitsOf(name), watchdog, time, logger), time));
        logger.LogInformation("plugin {Plugin} {Version}: in service", name, version);
    }

    private static async Task<T> Limited<T>(string what, Func<CancellationToken, ValueTask<T>> start)
    {
        using var cancel = new CancellationTokenSource(Limit);
        try
        {
            return await Task.Run(() => start(cancel.Token).AsTask()).WaitAsync(Limit);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException && cancel.IsCancellationRequested)
        {
            throw new PluginStartException($"{what} did not end within {Limit.TotalSeconds:0} s.");
        }
    }

    private static void CheckHelpers(IReadOnlyList<TemplateHelper> helpers)
    {
        foreach (var helper in helpers)
        {
            if (helper is null) throw new PluginStartException("one of its helpers is null; expected helpers made by TemplateHelper.Value or TemplateHelper.Block.");
            if (OwnHelpers.Contains(helper.Name)) throw new PluginStartException($"its helper \"{helper.Name}\" would replace one that templates rely on; expected none of {string.Join(", ", OwnHelpers)}. Give it another name.");
        }

        if (helpers.GroupBy(helper => helper.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new PluginStartException($"its helper \"{twice}\" is there twice; expected each name once. Remove one.");
    }

    private static void CheckName(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > 64 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            throw new PluginStartException($"its name is \"{name?.ReplaceLineEndings(" ")}\"; expected 1 to 64 letters, digits, '-', '_' or '.'.");
        }
    }
}

/// <summary>Why the host refuses to start a plugin, in its own words.</summary>
public sealed class PluginStartException(string message) : Exception(message);
