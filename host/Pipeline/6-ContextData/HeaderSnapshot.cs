using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Pipeline;

/// <summary>The headers of a request as they were: the server reuses its own collection for the next visitor.</summary>
public sealed class HeaderSnapshot : IReadOnlyDictionary<string, string>
{
    private readonly KeyValuePair<string, string>[] headers;

    /// <summary>Copies the headers; repeated ones are joined with a comma.</summary>
    public HeaderSnapshot(IHeaderDictionary source)
    {
        headers = new KeyValuePair<string, string>[source.Count];
        var i = 0;
        foreach (var (name, value) in source) headers[i++] = new(name, value.ToString());
    }

    /// <inheritdoc/>
    public int Count => headers.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => headers.Select(h => h.Key);

    /// <inheritdoc/>
    public IEnumerable<string> Values => headers.Select(h => h.Value);

    /// <inheritdoc/>
    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The request has no header {key}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var (name, text) in headers)
        {
            if (!name.Equals(key, StringComparison.OrdinalIgnoreCase)) continue;
            value = text;
            return true;
        }

        value = null;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)headers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
