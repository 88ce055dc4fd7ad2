using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Sdk;

/// <summary>A part of a request that notes which of its names are looked at.</summary>
internal sealed class ReadValues(IReadOnlyDictionary<string, string> values, RequestReads reads, RequestPart part) : IReadOnlyDictionary<string, string>
{
    public int Count => Whole().Count;

    public IEnumerable<string> Keys => Whole().Keys;

    public IEnumerable<string> Values => Whole().Values;

    public string this[string key] => Read(key)[key];

    public bool ContainsKey(string key) => Read(key).ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => Read(key).TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Whole().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IReadOnlyDictionary<string, string> Read(string key)
    {
        reads.Add(part, key);
        return values;
    }

    private IReadOnlyDictionary<string, string> Whole()
    {
        reads.Add(part);
        return values;
    }
}
