using System.Collections.Concurrent;

namespace Platform.Host.Pipeline;

/// <summary>Paths that neither a route nor a template nor a plugin knew a moment ago: a flood of them does not reach the plugins.</summary>
public sealed class UnknownPaths
{
    private const int MaxCount = 10_000;
    private const int LifeMs = 10_000;

    private readonly ConcurrentDictionary<(string Stamp, string Tenant, string Path), long> paths = new();

    /// <summary>True where the path is remembered.</summary>
    public bool Contains(PageContext page) => paths.TryGetValue(KeyOf(page), out var until) && Environment.TickCount64 < until;

    /// <summary>Remembers a path for ten seconds.</summary>
    public void Add(PageContext page)
    {
        if (paths.Count >= MaxCount) paths.Clear();
        paths[KeyOf(page)] = Environment.TickCount64 + LifeMs;
    }

    private static (string, string, string) KeyOf(PageContext page) => (page.Generation.Stamp, page.Domain.Name, page.Path);
}
