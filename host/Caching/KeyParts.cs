namespace Platform.Host.Caching;

/// <summary>The parts of a request, beside domain, path and theme, that a page depends on.</summary>
/// <param name="User">True where it depends on who asks.</param>
/// <param name="AllQuery">True where every query parameter counts; no single ones are named then.</param>
/// <param name="Query">Names of query parameters, sorted.</param>
/// <param name="Headers">Names of headers, sorted, in lower case.</param>
/// <param name="Cookies">Names of cookies, sorted.</param>
public sealed record KeyParts(bool User, bool AllQuery, IReadOnlyList<string> Query, IReadOnlyList<string> Headers, IReadOnlyList<string> Cookies)
{
    /// <summary>Of a page that is the same for everybody.</summary>
    public static KeyParts None { get; } = new(false, false, [], [], []);

    /// <summary>Names of query parameters, sorted; empty where all count.</summary>
    public IReadOnlyList<string> Query { get; } = AllQuery ? [] : Sorted(Query);

    /// <summary>Names of headers, sorted, in lower case.</summary>
    public IReadOnlyList<string> Headers { get; } = Sorted(Headers.Select(name => name.ToLowerInvariant()));

    /// <summary>Names of cookies, sorted.</summary>
    public IReadOnlyList<string> Cookies { get; } = Sorted(Cookies);

    /// <summary>True where the page is the same for everybody.</summary>
    public bool IsNone => !User && !AllQuery && Query.Count == 0 && Headers.Count == 0 && Cookies.Count == 0;

    /// <summary>What either depends on.</summary>
    public KeyParts Union(KeyParts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Equals(other) ? this : new(User || other.User, AllQuery || other.AllQuery, [.. Query, .. other.Query], [.. Headers, .. other.Headers], [.. Cookies, .. other.Cookies]);
    }

    /// <summary>True where both name the same parts.</summary>
    public bool Equals(KeyParts? other) =>
        other is not null && User == other.User && AllQuery == other.AllQuery && Query.SequenceEqual(other.Query) && Headers.SequenceEqual(other.Headers) && Cookies.SequenceEqual(other.Cookies);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(User);
        hash.Add(AllQuery);
        foreach (var name in Query) hash.Add(name);
        foreach (var name in Headers) hash.Add(name);
        foreach (var name in Cookies) hash.Add(name);
        return hash.ToHashCode();
    }

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
