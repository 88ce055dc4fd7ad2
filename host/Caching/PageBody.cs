using System.IO.Compression;

namespace Platform.Host.Caching;

/// <summary>One form of a stored body.</summary>
/// <param name="Bytes">What goes out.</param>
/// <param name="Encoding">The content coding; null for the body as rendered.</param>
/// <param name="ETag">Its own entity tag, with quotes.</param>
public sealed record PageBody(byte[] Bytes, string? Encoding, string ETag)
{
    private const int WorthIt = 512;

    /// <summary>The compressed forms of a body; null where they are not smaller.</summary>
    public static (PageBody? Brotli, PageBody? Gzip) Compress(byte[] body, string fingerprint)
    {
        if (body.Length < WorthIt) return (null, null);
        return (
            Smaller(Write(body, s => new BrotliStream(s, CompressionLevel.Optimal, leaveOpen: true)), "br"),
            Smaller(Write(body, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true)), "gzip"));

        PageBody? Smaller(byte[] bytes, string coding) => bytes.Length < body.Length ? new(bytes, coding, $"\"{fingerprint}-{coding}\"") : null;
    }

    private static byte[] Write(byte[] body, Func<Stream, Stream> coder)
    {
        using var bytes = new MemoryStream();
        using (var coding = coder(bytes)) coding.Write(body);
        return bytes.ToArray();
    }
}
