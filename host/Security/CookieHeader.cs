using Microsoft.Extensions.Primitives;

namespace Platform.Host.Security;

/// <summary>Finds one cookie in a request without building a collection of all.</summary>
public static class CookieHeader
{
    /// <summary>The raw value of the first cookie of that name; empty where there is none.</summary>
    public static ReadOnlySpan<char> Find(StringValues header, string name)
    {
        foreach (var line in header)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var pair = (end < 0 ? rest : rest[..end]).Trim();
                rest = end < 0 ? [] : rest[(end + 1)..];
                if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal)) return pair[(name.Length + 1)..];
            }
        }

        return [];
    }

    /// <summary>All cookies but one, as they were sent; of a repeated name the first value.</summary>
    public static IReadOnlyDictionary<string, string> All(StringValues header, string leftOut)
    {
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in header)
        {
            foreach (var pair in (line ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var equals = pair.IndexOf('=');
                if (equals > 0 && pair[..equals] is var name && name != leftOut) cookies.TryAdd(name, pair[(equals + 1)..]);
            }
        }

        return cookies;
    }
}
