using Platform.Host.Caching;
using Platform.Sdk;

namespace Platform.Host.Plugins.Powers;

/// <summary>The stored pages, as a plugin may touch them.</summary>
/// <param name="pages">The store; null where no pages are served, as when the site is only checked.</param>
public sealed class HostPages(PageStore? pages) : IPageCache
{
    /// <summary>Tags in one purge at most.</summary>
    internal const int MaxTags = 100;

    /// <inheritdoc/>
    public async ValueTask PurgeAsync(IReadOnlyList<string> tags, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.Count > MaxTags) throw new ArgumentException($"{tags.Count} tags; expected at most {MaxTags}.", nameof(tags));
        if (pages is null) return;
        foreach (var tag in tags.Where(tag => !string.IsNullOrEmpty(tag)).Distinct(StringComparer.Ordinal)) await pages.ClearAsync(tag).WaitAsync(cancel);
    }
}
