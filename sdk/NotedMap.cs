using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Sdk;

/// <summary>A part of the request among the data of a page: what a template or a helper looks at of it is noted, as for a plugin that looks at the request itself.</summary>
internal sealed class NotedMap(IReadOnlyDictionary<string, object?> values, RequestReads reads, RequestPart part) : IReadOnlyDictionary<string, object?>
{
    public int Count => Whole().Count;

    public IEnumerable<string> Keys => Whole().Keys;

    public IEnumerable<object?> Values => Whole().Values;

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        reads.Add(part, key);
        return values.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Whole().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IReadOnlyDictionary<string, object?> Whole()
    {
        reads.Add(part);
        return values;
    }
}
