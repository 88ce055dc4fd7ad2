using System.Collections.Concurrent;
using Platform.Host.Configuration;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Host.Plugins.Isolation.Processes;

namespace Platform.Host.Plugins.Isolation;

/// <summary>Which plugins share a process. Those of one group do, as long as nothing of any of them has changed: a group is replaced as a whole.</summary>
public sealed class ChildGroups(ILogger logger)
{
    private readonly ConcurrentDictionary<string, ChildGroup> groups = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ChildGroup, bool> alive = new();
    private readonly SpareProcesses spares = new(logger);

    /// <summary>Ends every quarantine.</summary>
    public void Lift()
    {
        foreach (var (group, _) in alive) group.Process.Lift();
    }

    /// <summary>The process for a source, started or not.</summary>
    public ChildRuntime RuntimeOf(PluginSource source, PluginSettings settings, PluginIsolation isolation, SiteOptions options)
    {
        var group = isolation == PluginIsolation.Process ? settings.Code.Group : null;
        if (group is null) return Join(New(), source, isolation);
        while (true)
        {
            // What is under way of an older state of the group stays where it is.
            var shared = groups.GetOrAdd($"{group} {settings.GroupStamp}", _ => New());
            if (shared.TryJoin(source)) return new(shared, source, isolation);
            groups.TryRemove(new($"{group} {settings.GroupStamp}", shared));
        }

        ChildGroup New()
        {
            foreach (var (gone, _) in alive.Where(known => known.Key.IsGone)) alive.TryRemove(gone, out _);
            var (entry, limits) = (settings.Code, settings.LimitsOf(source.Name));
            var made = new ChildGroup(
                new(group ?? settings.Manifest.Name ?? source.Name, isolation, options.PathOf(options.Server.DataFolder))
                {
                    Command = isolation == PluginIsolation.Command ? settings.Command : [],
                    Folder = source.Folder,
                    Answers = FrameLimits.For(entry.Result),
                    Limits = entry.Child,
                    CrashesUntilQuarantine = settings.CrashesUntilQuarantine,
                    Concurrency = limits.Concurrency,
                    RenderTime = options.Templates.RenderTimeout,
                },
                spares,
                logger);
            alive[made] = true;
            return made;
        }
    }

    private static ChildRuntime Join(ChildGroup group, PluginSource source, PluginIsolation isolation)
    {
        group.TryJoin(source);
        return new(group, source, isolation);
    }
}
