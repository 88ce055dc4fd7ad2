using System.Collections.Concurrent;
using Platform.Host.Caching;
using Platform.Host.Generations;

namespace Platform.Host.Pipeline;

/// <summary>
/// Whether a stored page is still what would be made now. Once for each state of the site its dependencies are compared; a plugin
/// that had nothing to say for the page, and that is another one by now or has other files, is asked whether it has now.
/// </summary>
public sealed class PageValidity(PluginRequests requests)
{
    private readonly ConcurrentDictionary<(CachedPage Page, string Stamp), Lazy<Task<bool>>> asking = new();

    /// <summary>True where the page holds in the state of the site that the request sees.</summary>
    public async ValueTask<bool> HoldsAsync(PageContext page, CachedPage stored)
    {
        var site = page.Generation;
        if (stored.Stamp == site.Stamp) return true;
        List<string>? silent = null;
        foreach (var dependency in stored.Dependencies)
        {
            if (SiteVersions.IsSilence(dependency))
            {
                if (site.Versions.Silence(dependency.Name) != dependency) (silent ??= []).Add(dependency.Name);
            }
            else if (!site.Versions.Holds(dependency))
            {
                return false;
            }
        }

        if (silent is not null)
        {
            // Of many who want the page one asks: the answer is of the path alone.
            var key = (stored, site.Stamp);
            var asked = asking.GetOrAdd(key, static (_, of) => new(() => AreSilentAsync(of.Requests, of.Page, of.Silent)), (Requests: requests, Page: page, Silent: silent));
            try
            {
                if (!await asked.Value) return false;
            }
            finally
            {
                asking.TryRemove(new(key, asked));
            }

            // They were asked: not again before they change once more.
            for (var i = 0; i < stored.Dependencies.Length; i++)
            {
                if (SiteVersions.IsSilence(stored.Dependencies[i])) stored.Dependencies[i] = site.Versions.Silence(stored.Dependencies[i].Name);
            }
        }

        stored.Stamp = site.Stamp;
        return true;
    }

    /// <summary>The dependencies of a page that do not hold in a state of the site.</summary>
    public static IEnumerable<Dependency> Broken(CachedPage stored, Generation site) => stored.Dependencies.Where(dependency => !SiteVersions.IsSilence(dependency) && !site.Versions.Holds(dependency));

    private static async Task<bool> AreSilentAsync(PluginRequests requests, PageContext page, List<string> plugins)
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
