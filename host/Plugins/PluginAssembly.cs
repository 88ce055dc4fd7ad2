namespace Platform.Host.Plugins;

/// <summary>A loaded assembly and the plugins in it: what is loaded, replaced and unloaded as one.</summary>
public sealed class PluginAssembly(PluginSource source, string settings, IReadOnlyList<string> names, PluginRuntime runtime, IReadOnlyList<LoadedPlugin> plugins, PluginWatchdog watchdog)
{
    /// <summary>Where its code runs.</summary>
    public PluginRuntime Runtime => runtime;

    /// <summary>Where it was loaded from.</summary>
    public PluginSource Source => source;

    /// <summary>The settings its plugins were started with, as text; other settings start them anew.</summary>
    public string Settings => settings;

    /// <summary>The names of all plugins in it, those that are switched off by configuration too.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The data that its plugins say they give to pages; null where they do not say.</summary>
    public IReadOnlyList<string>? Provides { get; init; }

    /// <summary>Its version, for messages.</summary>
    public string Version => Plugins.Count > 0 ? Plugins[0].Version : "in force";

    /// <summary>Its plugins that are in service.</summary>
    public IReadOnlyList<LoadedPlugin> Plugins { get; private set; } = plugins;

    /// <summary>Takes the plugins out of service, and ends their code.</summary>
    public async Task DisposeAsync()
    {
        foreach (var plugin in Plugins)
        {
            await plugin.DisposeAsync();
            watchdog.Release(plugin.Boundary);
        }

        Plugins = [];
        await runtime.StopAsync();
    }
}
