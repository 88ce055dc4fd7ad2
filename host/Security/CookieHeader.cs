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
}
