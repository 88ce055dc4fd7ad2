using Platform.Host.Plugins.Powers;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>An initialized plugin, and what goes with it for as long as its code runs, however often its limits change.</summary>
/// <param name="Plugin">Its object, or what stands for it where it runs elsewhere.</param>
/// <param name="Facts">What it has.</param>
/// <param name="Name">Its name.</param>
/// <param name="Runtime">Where its code runs.</param>
/// <param name="Powers">What the host has lent to it.</param>
public sealed record PluginInstance(IPlugin Plugin, PluginFacts Facts, string Name, PluginRuntime Runtime, PluginPowers Powers)
{
    /// <summary>Takes the plugin out of service for good: one that is disposable is disposed, in at most so long, switched off or not.</summary>
    public async Task DisposeAsync(TimeSpan limit)
    {
        try
        {
            await Task.Run(async () =>
            {
                if (Plugin is IAsyncDisposable disposable) await disposable.DisposeAsync().ConfigureAwait(false);
                else (Plugin as IDisposable)?.Dispose();
            }).WaitAsync(limit);
        }
        catch (Exception)
        {
            // It goes either way.
        }

        Powers.Dispose();
    }
}
