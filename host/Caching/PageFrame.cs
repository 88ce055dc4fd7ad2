using Platform.Host.Security;

namespace Platform.Host.Caching;

/// <summary>
/// An entry as bytes for Redis: magic, version, signature, content. The signature covers the key too, so that a value
/// can't be served under another page's key. Whatever is not exactly this is no frame.
/// </summary>
internal sealed class PageFrame(Signer signer)
{
    /// <summary>What a frame takes beside a page's body and texts, at the most for any sensible page.</summary>
    internal const int Margin = 65_536;

    private const string Purpose = "page";
    private const byte Version = 2;
    private const byte PageKind = 1;
    private const byte VariantsKind = 2;
    private const int Head = 4 + Signer.SignatureSize;
    private const long LongestLife = 31_536_000_000;
    private const long LatestTime = 253_402_300_799_999;

    private readonly SharedTexts texts = new();

    private static ReadOnlySpan<byte> Magic => "PPG"u8;

    /// <summary>The bytes of an entry.</summary>
    /// <param name="name">The key they will lie under in Redis.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="number">The last purge that was known when its making began.</param>
    internal byte[] Write(string name, StoredEntry entry, long number)
    {
        var page = entry as CachedPage;
        var writer = new FrameWriter((page?.Body.Length ?? 0) + 1024);
        writer.Raw(Magic);
        writer.Byte(Version);
        writer.Raw(stackalloc byte[Signer.SignatureSize]);
        writer.Byte(page is null ? VariantsKind : PageKind);
        writer.Number(number);
        if (page is not null) Write(writer, page);
        else Write(writer, ((PageVariants)entry).Parts);

        var bytes = writer.ToArray();
        signer.Sign(Purpose + name, bytes.AsSpan(Head), bytes.AsSpan(Head - Signer.SignatureSize, Signer.SignatureSize));
        return bytes;
    }

    /// <summary>The entry in the bytes, and the last purge that was known when its making began; null where they are no frame of this key.</summary>
    internal (StoredEntry Entry, long Number)? Read(string name, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        if (bytes.Length < Head || !bytes.StartsWith(Magic) || bytes[Magic.Length] != Version) return null;
        if (!signer.Verify(Purpose + name, bytes[Head..], bytes[(Head - Signer.SignatureSize)..Head])) return null;
        var reader = new FrameReader(bytes[Head..]);
        var kind = reader.Byte();
        var number = reader.Number(0, long.MaxValue);
        StoredEntry? entry = kind switch
        {
            PageKind => ReadPage(ref reader, now),
            VariantsKind => new PageVariants(ReadParts(ref reader)),
            _ => null,
        };
        return entry is null || !reader.IsWhole ? null : (entry, number);
    }

    private static void Write(FrameWriter writer, CachedPage page)
    {
        writer.Number(page.Made.ToUnixTimeMilliseconds());
        writer.Number((long)page.Life.TotalMilliseconds);
        writer.Text(page.Stamp);
        writer.Text(page.Key);
        writer.Text(page.ContentType);
        writer.Text(page.CacheControl);
        writer.Text(page.Vary);
        writer.Count(page.Headers.Length);
        foreach (var (name, value) in page.Headers)
        {
            writer.Text(name);
            writer.Text(value);
        }

        writer.Texts(page.Tags);
        writer.Count(page.Dependencies.Length);
        foreach (var (kind, name, version) in page.Dependencies)
        {
            writer.Byte((byte)kind);
            writer.Text(name);
            writer.Text(version);
        }

        writer.Bytes(page.Body);
    }

    private static void Write(FrameWriter writer, KeyParts parts)
    {
        writer.Byte((byte)((parts.User ? 1 : 0) | (parts.AllQuery ? 2 : 0)));
        writer.Texts(parts.Query);
        writer.Texts(parts.Headers);
        writer.Texts(parts.Cookies);
    }

    private static KeyParts ReadParts(ref FrameReader reader)
    {
        var flags = reader.Byte();
        return new((flags & 1) != 0, (flags & 2) != 0, reader.Texts(), reader.Texts(), reader.Texts());
    }

    private CachedPage ReadPage(ref FrameReader reader, DateTimeOffset now)
    {
        var made = DateTimeOffset.FromUnixTimeMilliseconds(reader.Number(0, LatestTime));
        var life = TimeSpan.FromMilliseconds(reader.Number(-LongestLife, LongestLife));
        var (stamp, key) = (texts.Of(reader.Text()), reader.Text());
        var (contentType, cacheControl, vary) = (texts.Of(reader.Text()), texts.Of(reader.Text()), texts.Of(reader.Text()));
        var headers = new KeyValuePair<string, string>[reader.Count(2 * sizeof(int))];
        for (var i = 0; i < headers.Length; i++) headers[i] = new(reader.Text(), reader.Text());
        var tags = reader.Texts();
        var dependencies = new Dependency[reader.Count(1 + (2 * sizeof(int)))];
        for (var i = 0; i < dependencies.Length; i++)
        {
            var kind = (DependencyKind)reader.Byte();
            // As the site in force holds them: see EntrySize.
            var name = Dependency.IsOfManyPages(kind) ? texts.Of(reader.Text()) : reader.Text();
            dependencies[i] = new(kind, name, kind == DependencyKind.Route ? reader.Text() : texts.Of(reader.Text()));
        }

        return new()
        {
            Body = reader.Bytes().ToArray(),
            ContentType = contentType,
            CacheControl = cacheControl,
            Vary = vary,
            Headers = headers,
            Tags = tags,
            Key = key,
            Dependencies = dependencies,
            Stamp = stamp,
            Made = made,
            Life = life,
            // Another server's clock may be ahead: what is left is never more than the whole life.
            Age = now > made ? now - made : TimeSpan.Zero,
        };
    }
}
