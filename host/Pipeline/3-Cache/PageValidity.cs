using Platform.Host.Caching;
using Platform.Host.Generations;

namespace Platform.Host.Pipeline;

/// <summary>
/// Whether a stored page is still what would be made now. Once for each state of the site its dependencies are compared; a plugin
/// that had nothing to say for the page, and of which there is another version, is asked whether it has now.
/// </summary>
public sealed class PageValidity(PluginRequests requests)
{
    /// <summary>The mark of a version of a plugin that was asked and said: not mine.</summary>
    public const string NotMine = "-";

    /// <summary>True where the page holds in the state of the site that the request sees.</summary>
    public async ValueTask<bool> HoldsAsync(PageContext page, CachedPage stored)
    {
        var site = page.Generation;
        if (stored.Stamp == site.Stamp) return true;
        List<string>? silent = null;
        foreach (var dependency in stored.Dependencies)
        {
            if (IsNotMine(dependency))
            {
                if (NotMine + site.Versions.Plugin(dependency.Name).Version != dependency.Version) (silent ??= []).Add(dependency.Name);
            }
            else if (!site.Versions.Holds(dependency))
            {
                return false;
            }
        }

        if (silent is not null && !await AreSilentAsync(page, silent)) return false;
        stored.Stamp = site.Stamp;
        return true;
    }

    /// <summary>The dependencies of a page that do not hold in a state of the site.</summary>
    public static IEnumerable<Dependency> Broken(CachedPage stored, Generation site) => stored.Dependencies.Where(dependency => !IsNotMine(dependency) && !site.Versions.Holds(dependency));

    private static bool IsNotMine(Dependency dependency) => dependency.Kind == DependencyKind.Plugin && dependency.Version.StartsWith(NotMine, StringComparison.Ordinal);

    private async ValueTask<bool> AreSilentAsync(PageContext page, List<string> plugins)
    {
        var match = page.Route;
        var request = requests.For(page, match.Route?.Handler ?? page.Path, values: match.Values);
        foreach (var plugin in page.Generation.Plugins.PageData.Where(plugin => plugins.Contains(plugin.Name)))
        {
            var own = request.Fresh();
            var outcome = await plugin.DataForAsync(own.Path, own);
            if (outcome.IsFailure || outcome.Value is not null || (own.Reads.Parts & ~Sdk.RequestPart.Path) != Sdk.RequestPart.None) return false;
        }

        return true;
    }
}
