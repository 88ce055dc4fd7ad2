using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Platform.Host.Configuration;

namespace Platform.Host;

/// <summary>A query, decoded and sorted; of a repeated name the last value. What a page can see of it, and what its key holds, are the same.</summary>
public sealed class QueryParameters : IReadOnlyDictionary<string, string>
{
    private const int MaxCount = 256;

    private readonly SortedList<string, string> values = new(StringComparer.Ordinal);

    private QueryParameters()
    {
    }

    /// <summary>No query.</summary>
    public static QueryParameters None { get; } = new();

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => values.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => values.Values;

    /// <inheritdoc/>
    public string this[string key] => values[key];

    /// <summary>Reads a raw query; null where it has more than 256 parameters.</summary>
    public static QueryParameters? Read(string query)
    {
        if (query.Length == 0) return None;
        var parameters = new QueryParameters();
        var count = 0;
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan()[range];
            if (pair.IsEmpty) continue;
            if (++count > MaxCount) return null;
            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (name.Length > 0) parameters.values[name] = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
        }

        return parameters;
    }

    /// <summary>These without those that change no page.</summary>
    public QueryParameters Without(QueryNames ignored) => Keep(name => !ignored.Contains(name));

    /// <summary>These names only.</summary>
    public QueryParameters Only(IReadOnlyCollection<string> names) => Keep(names.Contains);

    /// <summary>The canonical text: sorted, escaped, no two queries alike.</summary>
    public override string ToString()
    {
        if (values.Count == 0) return "";
        var text = new StringBuilder();
        foreach (var (name, value) in values) text.Append(text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();

    private QueryParameters Keep(Func<string, bool> wanted)
    {
        if (values.Keys.All(wanted)) return this;
        var kept = new QueryParameters();
        foreach (var (name, value) in values)
        {
            if (wanted(name)) kept.values[name] = value;
        }

        return kept;
    }

    private static string Decode(ReadOnlySpan<char> text)
    {
        var decoded = text.ContainsAny('%', '+') ? Uri.UnescapeDataString(text.ToString().Replace('+', ' ')) : text.ToString();
        // A lone surrogate has no UTF-8; what can't be written can't be looked up either.
        return decoded.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(decoded)) : decoded;
    }
}
