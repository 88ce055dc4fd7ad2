namespace Platform.Host.StaticFiles;

/// <summary>A file visitors may fetch.</summary>
/// <param name="UrlPath">Its path in URLs.</param>
/// <param name="FilePath">Where it lies.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Fingerprint">A hash of its content; <c>?v=</c> with it may be kept by browsers for ever.</param>
/// <param name="Content">The bytes of a small file; null for a large one.</param>
public sealed record StaticFile(string UrlPath, string FilePath, string ContentType, long Length, DateTimeOffset Modified, string Fingerprint, byte[]? Content)
{
    /// <summary>The URL that browsers may keep for ever.</summary>
    public string VersionedUrl { get; } = $"{CanonicalPath.Escape(UrlPath)}?v={Fingerprint}";

    /// <summary>True where the file on disk is still the one that was indexed.</summary>
    public bool IsAsIndexed => new FileInfo(FilePath) is { Exists: true } now && now.Length == Length && now.LastWriteTimeUtc == Modified;

    /// <summary>The entity tag, with quotes.</summary>
    public string ETag => $"\"{Fingerprint}\"";
}
