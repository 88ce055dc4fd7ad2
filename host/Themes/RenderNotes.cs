namespace Platform.Host.Themes;

/// <summary>What a rendering leaves behind beside the page: whether it has used the nonce, and the assets it has named.</summary>
public sealed class RenderNotes
{
    private SortedDictionary<string, string>? assets;

    /// <summary>The nonce of the response; null where the theme's policy has no place for one.</summary>
    public ResponseNonce? Nonce { get; init; }

    /// <summary>The assets as templates name them (<c>css/site.css</c>), with the URLs they got.</summary>
    public IReadOnlyDictionary<string, string> Assets => assets ?? (IReadOnlyDictionary<string, string>)System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>An asset was named.</summary>
    public void Add(string path, string url) => (assets ??= new(StringComparer.Ordinal))[path] = url;
}
