using System.Collections.Concurrent;
using System.Reflection;
using Platform.Host.Configuration;
using Platform.Host.Plugins.Isolation;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>
/// Brings the plugins of one source from what is in force to what is on disk: kept where nothing has changed, given other
/// limits or settings where that is enough, else started anew beside the old ones, probed, and only then handed over.
/// </summary>
public sealed class PluginUpdate(SiteFolder site, ConfigurationResult configuration, PluginSetup setup, ChildGroups groups, ConcurrentDictionary<string, IReadOnlyList<Problem>> failed, Func<PluginSource, Problem?> twin)
{
    private static readonly TimeSpan ReloadLimit = TimeSpan.FromSeconds(10);

    /// <summary>The plugins to put into force, and why they are not what is on disk, where they are not.</summary>
    /// <param name="source">What lies on disk.</param>
    /// <param name="settings">What is configured of it.</param>
    /// <param name="older">What is in force of it; null for nothing.</param>
    public async Task<(PluginAssembly? Assembly, IReadOnlyList<Problem> Problems)> RunAsync(PluginSource source, PluginSettings settings, PluginAssembly? older)
    {
        if (source.IsCommand && settings.Command.Count == 0) return (older, [PluginFolder.NoAssembly(source.Name)]);
        // A version that stays where it is runs on; the next one may have to run elsewhere.
        var isolation = settings.Isolation(hasLeaked: older?.Source == source ? older.Runtime.Isolation == PluginIsolation.Process : setup.Unloading.Ledger.Of(source.Name).Leaked > 0);
        var isSameCode = older is not null && older.Source == source && older.Code == settings.CodeText(older.Names, isolation);
        if (isSameCode && older!.Settings == settings.SettingsText(older.Names)) return (WithLimits(older, settings), []);
        // What has failed is not tried again until something of it changes.
        var attempt = $"{source} {settings.CodeText(older?.Names ?? [source.Name], isolation)} {settings.SettingsText(older?.Names ?? [source.Name])}";
        if (failed.TryGetValue(attempt, out var problems)) return (older, problems);
        if (twin(source) is { } taken) return (older, [taken]);
        if (isSameCode)
        {
            if (older!.Names.SelectMany(settings.Check).ToList() is { Count: > 0 } wrong) return (older, wrong);
            if (await TryReloadAsync(older, settings)) return (older.With(settings, name => setup.Bound(name, settings.LimitsOf(name))), []);
        }

        try
        {
            var started = await new PluginStart(site, source, configuration, settings, RuntimeOf(source, settings, isolation), setup).RunAsync();
            if (older is not null) await ProbeAsync(started);
            foreach (var plugin in started.Plugins) setup.Logger.LogInformation("plugin {Plugin} {Version}: in service", plugin.Name, plugin.Version);
            return (started, []);
        }
        catch (PluginSettingsException exception)
        {
            problems = exception.Problems;
        }
        catch (Exception exception)
        {
            problems = [Refusal(source, $"{Explain(exception)}{(older is null ? " The plugin is not used." : $" Version {older.Version} stays in service.")}")];
        }

        failed[attempt] = problems;
        return (older, problems);
    }

    /// <summary>Says that a source is not used, with its place.</summary>
    public static Problem Refusal(PluginSource source, string why) => new($"plugins/{Path.GetRelativePath(source.IsBare ? source.Folder : Path.GetDirectoryName(source.Folder)!, source.AssemblyPath)}", 0, 0, why);

    private PluginRuntime RuntimeOf(PluginSource source, PluginSettings settings, PluginIsolation isolation) =>
        isolation == PluginIsolation.SharedProcess ? new SharedRuntime(source, setup.Unloading) : groups.RuntimeOf(source, settings, isolation, configuration.Options!);

    private PluginAssembly WithLimits(PluginAssembly older, PluginSettings settings) =>
        older.Limits == settings.LimitsText(older.Names) ? older : older.With(settings, name => setup.Bound(name, settings.LimitsOf(name)));

    private async Task<bool> TryReloadAsync(PluginAssembly older, PluginSettings settings)
    {
        if (!older.Plugins.All(plugin => plugin.Facts.Reloads)) return false;
        for (var i = 0; i < older.Plugins.Count; i++)
        {
            var plugin = older.Plugins[i];
            try
            {
                await ReloadAsync(plugin, settings.For(plugin.Name));
                setup.Logger.LogInformation("plugin {Plugin}: goes on with changed settings", plugin.Name);
            }
            catch (Exception exception)
            {
                setup.Logger.LogWarning("plugin {Plugin}: ReloadAsync failed, it is started anew instead: {Message}", plugin.Name, exception is TimeoutException ? $"not done within {ReloadLimit.TotalSeconds:0} s" : PluginException.MessageOf(exception));
                // Its siblings, and it too, are to serve on as before where a new start fails as well.
                foreach (var told in older.Plugins.Take(i + 1)) await GiveBackAsync(told);
                return false;
            }
        }

        return true;

        async Task ReloadAsync(LoadedPlugin plugin, DataMap given)
        {
            using var cancel = new CancellationTokenSource(ReloadLimit);
            await Task.Run(() => plugin.ReloadAsync(given, configuration.ApplicationSettings, site.ConfigFile, older.Source.Folder, cancel.Token).AsTask()).WaitAsync(ReloadLimit);
        }

        async Task GiveBackAsync(LoadedPlugin plugin)
        {
            try
            {
                await ReloadAsync(plugin, older.SettingsOf(plugin.Name));
            }
            catch (Exception exception)
            {
                setup.Logger.LogWarning("plugin {Plugin}: ReloadAsync with the settings it had failed too: {Message}", plugin.Name, PluginException.MessageOf(exception));
            }
        }
    }

    /// <summary>A new version must give what it is asked for first before the old one goes.</summary>
    private static async Task ProbeAsync(PluginAssembly started)
    {
        try
        {
            foreach (var plugin in started.Plugins)
            {
                var path = started.Manifest.Probe ?? "/";
                var request = new RequestParameter { Path = path, UrlPath = path };
                if (plugin.Facts.GlobalData && (await plugin.GlobalDataAsync(request.Fresh(), "-", "probe")).Outcome.Failure is { } failure) throw Failed("global_data", failure);
                if (plugin.Facts.PageData && started.Manifest.Probe is not null && (await plugin.DataForAsync(path, request.Fresh())).Failure is { } worse) throw Failed($"data_for {path}", worse);
                plugin.ClearGlobalData();
            }
        }
        catch
        {
            await started.DisposeAsync(withCode: true);
            throw;
        }

        static PluginStartException Failed(string what, PluginFailure failure) => new($"fails its probe, {what}: {failure.Message}.");
    }

    internal static string Explain(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Explain(inner),
        TypeInitializationException { InnerException: { } inner } => Explain(inner),
        BadImageFormatException => "is not a .NET assembly, or only half of one. Build it for net10.0 and copy it again.",
        DllNotFoundException => $"needs a native library that is not there: {PluginException.MessageOf(exception).Split(" or one of its dependencies")[0]}. Put it beside the assembly, or install it.",
        FileNotFoundException { FileName: { } missing } => $"needs {missing.Split(',')[0]}, which is not beside it. Copy all of the plugin's build output.",
        ReflectionTypeLoadException loading => $"can't be loaded: {(loading.LoaderExceptions.FirstOrDefault() is { } first ? PluginException.MessageOf(first) : "no reason given")}",
        TypeLoadException or MissingMethodException => $"was built for another Platform.Sdk: {PluginException.MessageOf(exception)} Build it against this server's.",
        PluginStartException refusal => refusal.Message,
        _ => $"fails to start: {PluginException.MessageOf(exception).TrimEnd('.')}.",
    };
}
