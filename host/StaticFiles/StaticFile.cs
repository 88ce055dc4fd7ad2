using Platform.Host.Caching;

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
    private StaticForms? forms;
    private int requests;

    /// <summary>The URL that browsers may keep for ever.</summary>
    public string VersionedUrl { get; } = $"{CanonicalPath.Escape(UrlPath)}?v={Fingerprint}";

    /// <summary>True where the file on disk is still the one that was indexed.</summary>
    public bool IsAsIndexed => new FileInfo(FilePath) is { Exists: true } now && now.Length == Length && now.LastWriteTimeUtc == Modified;

    /// <summary>The entity tag, with quotes.</summary>
    public string ETag { get; } = $"\"{Fingerprint}\"";

    /// <summary>When it was last written, as a header has it.</summary>
    public string LastModified { get; } = Modified.ToString("R");

    /// <summary>True where its forms differ: text, which gets smaller.</summary>
    public bool IsCompressible { get; } = ContentType.StartsWith("text/", StringComparison.Ordinal) || ContentType.Contains("charset=", StringComparison.Ordinal) || ContentType.EndsWith("+xml", StringComparison.Ordinal);

    /// <summary>The content compressed with Brotli and gzip, each null where it is not smaller; null until it has been asked for twice.</summary>
    public StaticForms? Forms => Volatile.Read(ref forms);

    /// <summary>True where this URL's query holds the fingerprint, so that what is behind it never changes.</summary>
    public bool IsVersion(string query) => query.Length == Fingerprint.Length + 2 && query.StartsWith("v=", StringComparison.Ordinal) && query.EndsWith(Fingerprint, StringComparison.Ordinal);

    /// <summary>Counts a request that could use a compressed form; at the second they are made, by a thread of the pool.</summary>
    public void CountRequest()
    {
        if (Volatile.Read(ref requests) < 2 && Interlocked.Increment(ref requests) == 2) ThreadPool.UnsafeQueueUserWorkItem(static file => file.Compress(), this, preferLocal: false);
    }

    private void Compress()
    {
        var (brotli, gzip) = PageBody.Compress(Content!, Fingerprint);
        Volatile.Write(ref forms, new(brotli, gzip));
    }
}

/// <summary>The compressed forms of a file.</summary>
/// <param name="Brotli">With Brotli; null where that is not smaller.</param>
/// <param name="Gzip">With gzip; null where that is not smaller.</param>
public sealed record StaticForms(PageBody? Brotli, PageBody? Gzip);
