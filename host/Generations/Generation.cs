using Platform.Host.Configuration;
using Platform.Host.Plugins;
using Platform.Host.Routing;
using Platform.Host.StaticFiles;
using Platform.Host.Themes;

namespace Platform.Host.Generations;

/// <summary>One picture of the whole site: configuration, routes, templates, files, plugins. Immutable; a request sees one from the door to the end.</summary>
public sealed class Generation
{
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int holders = 1;

    /// <summary>Counts up from 1.</summary>
    public required int Number { get; init; }

    /// <summary>True for the one that a server starts with.</summary>
    public bool IsFirst => Number == 1;

    /// <summary>config.yaml as read.</summary>
    public required ConfigurationResult Configuration { get; init; }

    /// <summary>routes.json, compiled.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>A hash of the routes.json in force.</summary>
    public required string RoutesHash { get; init; }

    /// <summary>The templates.</summary>
    public required TemplateStore Templates { get; init; }

    /// <summary>The static files.</summary>
    public required StaticFileIndex StaticFiles { get; init; }

    /// <summary>The plugins.</summary>
    public required PluginSet Plugins { get; init; }

    /// <summary>The versions of everything a page can depend on.</summary>
    public required SiteVersions Versions { get; init; }

    /// <summary>A hash of everything a page can be made of; the same on every server with the same files.</summary>
    public required string Stamp { get; init; }

    /// <summary>What is wrong on disk at the moment, as far as it is known: of a first generation the templates are looked into while it serves.</summary>
    public IReadOnlyList<Problem> Problems => Templates.IsChecked ? [.. Found, .. Templates.Errors] : Found;

    /// <summary>What is wrong but for what stands in templates.</summary>
    public required IReadOnlyList<Problem> Found { get; init; }

    /// <summary>The checked options.</summary>
    public SiteOptions Options => Configuration.Options!;

    /// <summary>Ends when the generation is retired and the last request that saw it has ended.</summary>
    public Task Drained => drained.Task;

    /// <summary>Holds the generation; false where it is already drained.</summary>
    public bool TryEnter()
    {
        var seen = Volatile.Read(ref holders);
        while (seen > 0)
        {
            var now = Interlocked.CompareExchange(ref holders, seen + 1, seen);
            if (now == seen) return true;
            seen = now;
        }

        return false;
    }

    /// <summary>Lets go of the generation, once for each hold, and once when it is retired.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref holders) == 0) drained.TrySetResult();
    }
}
