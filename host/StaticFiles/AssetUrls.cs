namespace Platform.Host.StaticFiles;

/// <summary>What the helper <c>asset</c> asks: compiled templates outlive a change of files, so they ask the index that is newest.</summary>
public sealed class AssetUrls
{
    private StaticFileIndex index = StaticFileIndex.Empty;

    /// <summary>Answers from this index from now on.</summary>
    public void Use(StaticFileIndex newest) => Volatile.Write(ref index, newest);

    /// <summary>The URL of an asset for a theme.</summary>
    public string Of(string theme, string path) => Volatile.Read(ref index).AssetUrl(theme, path);
}
