namespace Platform.Host.Caching;

/// <summary>Lies under a page's base key where the page depends on more of the request: says on what.</summary>
/// <param name="parts">The parts whose values the page's own key has beside.</param>
public sealed class PageVariants(KeyParts parts) : StoredEntry
{
    /// <summary>The parts whose values the page's own key has beside.</summary>
    public KeyParts Parts { get; } = parts;

    /// <inheritdoc/>
    public override int Size => EntrySize.Of(this);

    /// <inheritdoc/>
    public override bool IsUsable(TimeSpan stale) => true;
}
