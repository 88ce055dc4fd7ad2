using System.Reflection;
using Platform.Host.Plugins.Unloading;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>Plugins in the server's own process, in a load context that can be unloaded.</summary>
public sealed class SharedRuntime(PluginSource source, UnloadProof unloading) : PluginRuntime
{
    private PluginLoadContext? context;
    private string version = "0";
    private string? hash;

    /// <inheritdoc/>
    public override PluginIsolation Isolation => PluginIsolation.SharedProcess;

    /// <inheritdoc/>
    public override string Version => version;

    /// <inheritdoc/>
    public override string? CodeHash => hash ??= context?.TakeHash();

    /// <inheritdoc/>
    public override Task<IReadOnlyList<IPlugin>> LoadAsync(CancellationToken cancel)
    {
        context = new PluginLoadContext(source);
        var assembly = context.LoadPlugin();
        PluginSdk.Check(assembly);
        version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "0";
        var types = assembly.GetExportedTypes().Where(t => typeof(IPlugin).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false } && t.GetConstructor(Type.EmptyTypes) is not null).ToList();
        if (types.Count == 0) throw new PluginStartException("holds no plugin; expected a public class that implements Platform.Sdk.IPlugin and has a public parameterless constructor.");
        return Task.FromResult<IReadOnlyList<IPlugin>>([.. types.Select(type => (IPlugin)Activator.CreateInstance(type)!)]);
    }

    /// <inheritdoc/>
    public override PluginFacts FactsOf(IPlugin plugin) => PluginFacts.Of(plugin);

    /// <inheritdoc/>
    public override Task StopAsync()
    {
        // Nobody waits for the proof: what holds the plugin may be the caller.
        if (Interlocked.Exchange(ref context, null) is { } own) _ = unloading.UnloadAsync(source.Name, version, own);
        return Task.CompletedTask;
    }
}
