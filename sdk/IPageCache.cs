namespace Platform.Sdk;

/// <summary>The stored pages, as a plugin may touch them.</summary>
public interface IPageCache
{
    /// <summary>Drops every stored page that bears one of these tags, and kept <c>global_data</c> of this plugin, on every server that shares the site's Redis.</summary>
    /// <param name="tags">Tags as in <see cref="PageData.Tags"/>; at most 100.</param>
    /// <param name="cancel">Ends the wait, not the purge.</param>
    ValueTask PurgeAsync(IReadOnlyList<string> tags, CancellationToken cancel = default);
}
