using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Host.Caching;

/// <summary>A page as it is stored: the bytes and headers that go out, and what decides how long they are good. Immutable but for its compressed forms.</summary>
public sealed class CachedPage
{
    private const int Overhead = 1024;

    private int hits;
    private PageBody? brotli;
    private PageBody? gzip;

    /// <summary>A page made now.</summary>
    public CachedPage(byte[] body, string contentType, string cacheControl, KeyValuePair<string, string>[] headers, string[] tags, string stamp, DateTimeOffset made, TimeSpan life)
    {
        (ContentType, CacheControl, Headers, Tags, Stamp, Made, Life) = (contentType, cacheControl, headers, tags, stamp, made, life);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        Fingerprint = Base64Url.EncodeToString(hash[..9]);
        Identity = new(body, null, $"\"{Fingerprint}\"");
        ExpiresAt = Environment.TickCount64 + (long)life.TotalMilliseconds;
    }

    /// <summary>The media type with its charset.</summary>
    public string ContentType { get; }

    /// <summary>What browsers and proxies are told.</summary>
    public string CacheControl { get; }

    /// <summary>Headers a plugin added.</summary>
    public KeyValuePair<string, string>[] Headers { get; }

    /// <summary>What the page is about; a purge of one of these drops it.</summary>
    public string[] Tags { get; }

    /// <summary>The state of the site it was made in; of no use in another.</summary>
    public string Stamp { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Made { get; }

    /// <summary>How long it is good, from <see cref="Made"/>.</summary>
    public TimeSpan Life { get; }

    /// <summary>A hash of the body; the ETag without its quotes.</summary>
    public string Fingerprint { get; }

    /// <summary>The body as rendered.</summary>
    public PageBody Identity { get; }

    /// <summary>The body compressed with Brotli, once it has been asked for twice.</summary>
    public PageBody? Brotli => Volatile.Read(ref brotli);

    /// <summary>The body compressed with gzip, once it has been asked for twice.</summary>
    public PageBody? Gzip => Volatile.Read(ref gzip);

    /// <summary>The tick (<see cref="Environment.TickCount64"/>) after which it is too old; a jump of the clock does not move it.</summary>
    public long ExpiresAt { get; }

    /// <summary>What it counts against the memory limit, in bytes: the body, room for its compressed forms, the rest.</summary>
    public int Size => Identity.Bytes.Length + (Identity.Bytes.Length / 2) + Overhead;

    /// <summary>Whole seconds until it is too old, at least 0.</summary>
    public long SecondsLeft => Math.Max(0, (ExpiresAt - Environment.TickCount64) / 1000);

    /// <summary>True until it is too old.</summary>
    public bool IsFresh => Environment.TickCount64 < ExpiresAt;

    /// <summary>Counts a hit that could use a compressed body; true at the second, when it is time to make them.</summary>
    public bool CountHit() => Volatile.Read(ref hits) < 2 && Interlocked.Increment(ref hits) == 2;

    /// <summary>Makes the compressed bodies.</summary>
    public void Compress()
    {
        var (br, gz) = PageBody.Compress(Identity.Bytes, Fingerprint);
        Volatile.Write(ref brotli, br);
        Volatile.Write(ref gzip, gz);
    }
}
