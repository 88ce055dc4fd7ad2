using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Host.Caching;

/// <summary>A page as it is stored: the bytes and headers that go out, and what decides how long they are good.</summary>
public sealed class CachedPage : StoredEntry
{
    private const int Many = 8;

    private readonly long bornAt = Environment.TickCount64;
    private readonly long life;
    private readonly long age;
    private string stamp = "";
    private StatusLine? said;
    private long lastLeft = long.MinValue;
    private int asked;
    private int hits;
    private PageBody? brotli;
    private PageBody? gzip;

    /// <summary>The body as rendered.</summary>
    public required byte[] Body
    {
        get => Identity.Bytes;
        init
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(value, hash);
            Fingerprint = Base64Url.EncodeToString(hash[..9]);
            Identity = new(value, null, $"\"{Fingerprint}\"");
        }
    }

    /// <summary>The media type with its charset.</summary>
    public required string ContentType { get; init; }

    /// <summary>What browsers and proxies are told.</summary>
    public required string CacheControl { get; init; }

    /// <summary>The header <c>Vary</c>.</summary>
    public required string Vary { get; init; }

    /// <summary>Headers a plugin added.</summary>
    public required KeyValuePair<string, string>[] Headers { get; init; }

    /// <summary>What the page is about; a purge of one of these drops it.</summary>
    public required string[] Tags { get; init; }

    /// <summary>The key as people are shown it.</summary>
    public required string Key { get; init; }

    /// <summary>What it was made of.</summary>
    public required Dependency[] Dependencies { get; init; }

    /// <summary>The state of the site in which the dependencies were last found to hold.</summary>
    public required string Stamp
    {
        get => Volatile.Read(ref stamp);
        set => Volatile.Write(ref stamp, value);
    }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>How long it is good, from <see cref="Made"/>.</summary>
    public required TimeSpan Life
    {
        get => TimeSpan.FromMilliseconds(life);
        init => life = (long)value.TotalMilliseconds;
    }

    /// <summary>How old it was when it came here; zero for a page made here.</summary>
    internal TimeSpan Age
    {
        init => age = (long)value.TotalMilliseconds;
    }

    /// <summary>A hash of the body; the ETag without its quotes.</summary>
    public string Fingerprint { get; private init; } = "";

    /// <summary>The body as rendered.</summary>
    public PageBody Identity { get; private init; } = null!;

    /// <summary>The body compressed with Brotli, once it has been asked for twice.</summary>
    public PageBody? Brotli => Volatile.Read(ref brotli);

    /// <summary>The body compressed with gzip, once it has been asked for twice.</summary>
    public PageBody? Gzip => Volatile.Read(ref gzip);

    /// <summary>The tick (<see cref="Environment.TickCount64"/>) after which it is too old; a jump of the clock does not move it.</summary>
    public long ExpiresAt => bornAt - age + life;

    /// <inheritdoc/>
    public override int Size => EntrySize.Of(this);

    /// <summary>What <c>Cache-Status</c> says of a hit (RFC 9211); one text for the hits of a second, where they are many.</summary>
    internal string HitStatus
    {
        get
        {
            var left = SecondsLeft;
            if (said is { } line && line.SecondsLeft == left) return line.Text;
            var text = $"platform; hit; ttl={left}; key=\"{Key}\"";
            // A young text in an old page costs the next collection a look at the page: for a few hits it is not worth that.
            if (lastLeft != left) (lastLeft, asked) = (left, 0);
            if (++asked == Many) said = new(left, text);
            return text;
        }
    }

    /// <summary>Whole seconds until it is too old; negative once it is.</summary>
    public long SecondsLeft
    {
        get
        {
            var left = ExpiresAt - Environment.TickCount64;
            return left >= 0 ? left / 1000 : (left - 999) / 1000;
        }
    }

    /// <summary>True until it is too old.</summary>
    public bool IsFresh => Environment.TickCount64 < ExpiresAt;

    /// <inheritdoc/>
    internal override string[] PurgedBy => Tags;

    /// <inheritdoc/>
    public override bool IsUsable(TimeSpan stale) => Environment.TickCount64 < ExpiresAt + (stale.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>Counts a hit that could use a compressed body; true at the second, when it is time to make them.</summary>
    public bool CountHit() => Volatile.Read(ref hits) < 2 && Interlocked.Increment(ref hits) == 2;

    /// <summary>Makes the compressed bodies; the memory they take is counted where the page lies.</summary>
    public void Compress()
    {
        var (br, gz) = PageBody.Compress(Identity.Bytes, Fingerprint);
        Volatile.Write(ref brotli, br);
        Volatile.Write(ref gzip, gz);
        Place?.Remeasure();
    }

    private sealed record StatusLine(long SecondsLeft, string Text);
}
