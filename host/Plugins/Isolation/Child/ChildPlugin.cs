using Platform.Host.Plugins.Isolation.Frames;
using Platform.Host.Plugins.Powers;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary>A plugin in the child, and what it is given of the host.</summary>
internal sealed class ChildPlugin
{
    private readonly SharedRuntime runtime;
    private readonly PluginHttp http = new(TimeProvider.System);
    private readonly Dictionary<string, TemplateHelper> helpers = new(StringComparer.Ordinal);

    internal ChildPlugin(IPlugin plugin, SharedRuntime runtime, ChildHost host)
    {
        (Plugin, this.runtime, Name) = (plugin, runtime, plugin.Name);
        Powers = (new FrameLog(host, Name), http, new FramePages(host, Name));
    }

    internal IPlugin Plugin { get; }

    internal string Name { get; }

    internal (IPluginLog Log, IPluginHttp Http, IPageCache Pages) Powers { get; }

    internal async Task<PluginFacts> StartAsync(PluginConfig config, CancellationToken cancel)
    {
        await Plugin.InitAsync(config, cancel);
        var facts = runtime.FactsOf(Plugin);
        foreach (var helper in facts.Helpers) helpers[helper?.Name ?? throw new RemoteException("one of its helpers is null; expected helpers made by TemplateHelper.Value or TemplateHelper.Block.")] = helper;
        return facts;
    }

    internal TemplateHelper Helper(string name) => helpers.TryGetValue(name, out var helper) ? helper : throw new RemoteException($"the plugin {Name} has no helper {name}");

    internal async ValueTask DisposeAsync()
    {
        if (Plugin is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else (Plugin as IDisposable)?.Dispose();
        http.Dispose();
    }

    private sealed class FrameLog(ChildHost host, string plugin) : IPluginLog
    {
        private const int LongestLine = 4096;

        public void Write(PluginLogLevel level, string message)
        {
            ArgumentNullException.ThrowIfNull(message);
            var frame = FrameBuffer.Begin(FrameType.Log.Word());
            frame.Json.WriteString("plugin"u8, plugin);
            frame.Json.WriteString("level"u8, level switch { PluginLogLevel.Debug => "debug"u8, PluginLogLevel.Warning => "warning"u8, PluginLogLevel.Error => "error"u8, _ => "information"u8 });
            frame.Json.WriteString("message"u8, message.AsSpan(0, Math.Min(message.Length, LongestLine + 1)));
            host.Send(frame, 0);
        }
    }

    private sealed class FramePages(ChildHost host, string plugin) : IPageCache
    {
        public async ValueTask PurgeAsync(IReadOnlyList<string> tags, CancellationToken cancel = default)
        {
            ArgumentNullException.ThrowIfNull(tags);
            await host.PurgeAsync(plugin, tags, cancel);
        }
    }
}
