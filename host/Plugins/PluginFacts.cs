using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>What an initialized plugin has; nothing else is asked of it.</summary>
/// <param name="PageData">It has a <c>data_for</c> of its own.</param>
/// <param name="GlobalData">It has a <c>global_data</c> of its own.</param>
/// <param name="Api">It answers API calls.</param>
/// <param name="Helpers">The helpers it brings for templates.</param>
/// <param name="Middleware">Where it stands in the chain; null: nowhere.</param>
/// <param name="Reloads">It takes over changed settings while it serves.</param>
/// <param name="Work">How often it works in the background, where the host does that for it; null: never.</param>
public sealed record PluginFacts(bool PageData, bool GlobalData, bool Api, IReadOnlyList<TemplateHelper> Helpers, MiddlewareSlot? Middleware, bool Reloads, TimeSpan? Work)
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostInterval = TimeSpan.FromDays(1);

    /// <summary>The facts of a plugin's object. Runs code of the plugin.</summary>
    /// <exception cref="PluginStartException">It says something of itself that can't be.</exception>
    public static PluginFacts Of(IPlugin plugin)
    {
        MiddlewareSlot? slot = plugin is IPageMiddleware middleware ? middleware.Slot : null;
        if (slot is { } place && !Enum.IsDefined(place)) throw new PluginStartException($"its Slot is {(int)place}; expected one of {string.Join(", ", Enum.GetNames<MiddlewareSlot>())}.");
        return new(
            Implements(plugin, nameof(IPlugin.DataForAsync)),
            Implements(plugin, nameof(IPlugin.GlobalDataAsync)),
            Implements(plugin, nameof(IPlugin.ApiDispatchAsync)),
            plugin is ITemplateHelpers with ? [.. with.Helpers] : [],
            slot,
            plugin is IReloadable,
            plugin is IBackgroundWork work ? Checked(work.Interval) : null);
    }

    /// <summary>An interval of background work, held against what is allowed.</summary>
    /// <exception cref="PluginStartException">It is out of range.</exception>
    internal static TimeSpan? Checked(TimeSpan? interval) =>
        interval < LeastInterval || interval > MostInterval ? throw new PluginStartException($"its Interval is {interval}; expected 1 second to 1 day.") : interval;

    private static bool Implements(IPlugin plugin, string method)
    {
        var map = plugin.GetType().GetInterfaceMap(typeof(IPlugin));
        var index = Array.FindIndex(map.InterfaceMethods, m => m.Name == method);
        return map.TargetMethods[index].DeclaringType != typeof(IPlugin);
    }
}
