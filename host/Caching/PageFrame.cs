using System.Text;
using Platform.Host.Security;

namespace Platform.Host.Caching;

/// <summary>
/// A page as bytes for Redis: magic, signature, content. The signature covers the key too, so that a value can't be
/// served under another page's key. Whatever is not exactly this is a miss.
/// </summary>
public sealed class PageFrame(Signer signer)
{
    private const string Purpose = "page";
    private const int MaxHeaders = 64;

    private static ReadOnlySpan<byte> Magic => "PPG1"u8;

    /// <summary>The bytes of a page under its key.</summary>
    public byte[] Write(string key, CachedPage page)
    {
        using var stream = new MemoryStream();
        stream.Write(Magic);
        stream.Write(stackalloc byte[Signer.SignatureSize]);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(page.Made.ToUnixTimeMilliseconds());
            writer.Write((long)page.Life.TotalMilliseconds);
            writer.Write(page.ContentType);
            writer.Write(page.CacheControl);
            writer.Write((byte)page.Headers.Length);
            foreach (var (name, value) in page.Headers)
            {
                writer.Write(name);
                writer.Write(value);
            }

            writer.Write((byte)page.Tags.Length);
            foreach (var tag in page.Tags) writer.Write(tag);
            writer.Write(page.Identity.Bytes.Length);
            writer.Write(page.Identity.Bytes);
        }

        var bytes = stream.ToArray();
        signer.Sign(Purpose + key, bytes.AsSpan(Magic.Length + Signer.SignatureSize), bytes.AsSpan(Magic.Length, Signer.SignatureSize));
        return bytes;
    }

    /// <summary>The page in the bytes; null where they are not a page under this key, or one that is too old.</summary>
    public CachedPage? Read(string key, string stamp, byte[] bytes, DateTimeOffset now)
    {
        var head = Magic.Length + Signer.SignatureSize;
        if (bytes.Length < head || !bytes.AsSpan().StartsWith(Magic)) return null;
        if (!signer.Verify(Purpose + key, bytes.AsSpan(head), bytes.AsSpan(Magic.Length, Signer.SignatureSize))) return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, head, bytes.Length - head), Encoding.UTF8);
            var made = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            var life = TimeSpan.FromMilliseconds(reader.ReadInt64());
            var (contentType, cacheControl) = (reader.ReadString(), reader.ReadString());
            var headers = new KeyValuePair<string, string>[Math.Min(reader.ReadByte(), MaxHeaders)];
            for (var i = 0; i < headers.Length; i++) headers[i] = new(reader.ReadString(), reader.ReadString());
            var tags = new string[reader.ReadByte()];
            for (var i = 0; i < tags.Length; i++) tags[i] = reader.ReadString();
            var body = reader.ReadBytes(reader.ReadInt32());
            // Another server's clock may be ahead: what is left is never more than the whole life.
            var left = made + life - now;
            if (left > life) left = life;
            return left > TimeSpan.Zero ? new(body, contentType, cacheControl, headers, tags, stamp, made, left) : null;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
