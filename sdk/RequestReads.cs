namespace Platform.Sdk;

/// <summary>
/// What of a request an answer was made from. It decides for whom the answer may be kept: a page that read the query key <c>tag</c> is
/// kept once for each value of <c>tag</c>, and for all visitors. Safe for concurrent use.
/// </summary>
public sealed class RequestReads
{
    /// <summary>So many names at most; who reads more has read the whole part.</summary>
    public const int MostNames = 32;

    private const int LongestName = 128;

    /// <summary>Parts whose names are kept; the rest is read as a whole or not at all.</summary>
    private const RequestPart Named = RequestPart.Query | RequestPart.Headers | RequestPart.Cookies;

    private readonly Lock change = new();
    private int parts;
    private int whole;
    private SortedSet<string>? query;
    private SortedSet<string>? headers;
    private SortedSet<string>? cookies;

    /// <summary>The parts that were read, each in whatever part.</summary>
    public RequestPart Parts => (RequestPart)Volatile.Read(ref parts);

    /// <summary>The parts that were read as a whole: of query, headers and cookies, that they were enumerated or counted.</summary>
    public RequestPart Whole => (RequestPart)Volatile.Read(ref whole);

    /// <summary>The names that were read of a part, there or not, in ordinal order; those of headers in lower case.</summary>
    /// <param name="part">Query, headers or cookies.</param>
    public IReadOnlyList<string> Names(RequestPart part)
    {
        lock (change) return Of(part) is { } names ? [.. names] : [];
    }

    /// <summary>Parts were read, each as a whole.</summary>
    public void Add(RequestPart read)
    {
        if ((Parts & read) != read) Interlocked.Or(ref parts, (int)read);
        if ((Whole & read) != read) Interlocked.Or(ref whole, (int)read);
    }

    /// <summary>A name of a part was read, or looked for.</summary>
    /// <param name="part">Query, headers or cookies; of any other part the whole is meant.</param>
    /// <param name="name">The name.</param>
    public void Add(RequestPart part, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if ((part & Named) == 0 || name.Length > LongestName)
        {
            Add(part);
            return;
        }

        lock (change)
        {
            ref var names = ref Of(part);
            names ??= new(StringComparer.Ordinal);
            names.Add(part == RequestPart.Headers ? name.ToLowerInvariant() : name);
            if (names.Count > MostNames) Interlocked.Or(ref whole, (int)part);
        }

        Interlocked.Or(ref parts, (int)part);
    }

    /// <summary>All that another has read was read.</summary>
    public void Add(RequestReads other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Interlocked.Or(ref whole, (int)other.Whole);
        Interlocked.Or(ref parts, (int)other.Parts);
        foreach (var part in (ReadOnlySpan<RequestPart>)[RequestPart.Query, RequestPart.Headers, RequestPart.Cookies])
        {
            if ((other.Parts & part) == 0) continue;
            foreach (var name in other.Names(part)) Add(part, name);
        }
    }

    private ref SortedSet<string>? Of(RequestPart part)
    {
        if (part == RequestPart.Query) return ref query;
        if (part == RequestPart.Headers) return ref headers;
        if (part == RequestPart.Cookies) return ref cookies;
        throw new ArgumentOutOfRangeException(nameof(part), part, "Only query, headers and cookies have names.");
    }
}
