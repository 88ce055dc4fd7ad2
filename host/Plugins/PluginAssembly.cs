using Platform.Host.Configuration;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>The plugins of one assembly or command as they are in force: their code, their settings, their limits. With other limits they are the same code in another such object.</summary>
public sealed class PluginAssembly
{
    private readonly PluginWatchdog watchdog;
    private readonly PluginSettings settings;

    /// <summary>Puts started plugins into service.</summary>
    public PluginAssembly(PluginSource source, PluginSettings settings, IReadOnlyList<string> names, PluginRuntime runtime, IReadOnlyList<LoadedPlugin> plugins, PluginWatchdog watchdog)
    {
        (this.watchdog, this.settings) = (watchdog, settings);
        (Source, Names, Runtime, Plugins, Manifest) = (source, names, runtime, plugins, settings.Manifest);
        (Code, Settings, Limits) = (settings.CodeText(names, runtime.Isolation), settings.SettingsText(names), settings.LimitsText(names));
    }

    /// <summary>Where it was loaded from.</summary>
    public PluginSource Source { get; }

    /// <summary>What its plugin.yaml says.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>Where its code runs.</summary>
    public PluginRuntime Runtime { get; }

    /// <summary>What is configured of its code, as text; a change of it starts the code anew.</summary>
    public string Code { get; }

    /// <summary>The settings of its plugins, as text; a change is handed to the plugins, or starts the code anew.</summary>
    public string Settings { get; }

    /// <summary>The limits of its plugins, as text; a change needs nothing of the code.</summary>
    public string Limits { get; }

    /// <summary>The names of all plugins in it, those that are switched off by configuration too.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Its version, for messages.</summary>
    public string Version => Plugins.Count > 0 ? Plugins[0].Version : "in force";

    /// <summary>Its plugins that are in service.</summary>
    public IReadOnlyList<LoadedPlugin> Plugins { get; private set; }

    /// <summary>The settings that one of its plugins has been given.</summary>
    public DataMap SettingsOf(string plugin) => settings.For(plugin);

    /// <summary>The same code with other settings or limits.</summary>
    public PluginAssembly With(PluginSettings changed, Func<string, PluginBoundary> boundary) =>
        new(Source, changed, Names, Runtime, [.. Plugins.Select(plugin => plugin.With(changed.OrderOf(plugin.Name), boundary(plugin.Name)))], watchdog);

    /// <summary>Begins the background work of its plugins.</summary>
    public void Start()
    {
        foreach (var plugin in Plugins) plugin.Start();
    }

    /// <summary>Ends the background work of its plugins.</summary>
    public Task StopAsync() => Task.WhenAll(Plugins.Select(plugin => plugin.StopAsync()));

    /// <summary>Takes the plugins out of service.</summary>
    /// <param name="withCode">True where nobody else has their code: then they are disposed, and it ends.</param>
    public async Task DisposeAsync(bool withCode)
    {
        if (withCode) await StopAsync();
        foreach (var plugin in Plugins)
        {
            if (withCode) await plugin.DisposeAsync();
            watchdog.Release(plugin.Boundary);
        }

        Plugins = [];
        if (withCode) await Runtime.StopAsync();
    }
}
