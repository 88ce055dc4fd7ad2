using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Routing;

/// <summary>What a route captured: a few names, searched one by one.</summary>
public sealed class RouteValues : IReadOnlyDictionary<string, string>
{
    private readonly IReadOnlyList<string> names;
    private readonly string[] values;

    internal RouteValues(IReadOnlyList<string> names, string[] values) => (this.names, this.values) = (names, values);

    /// <summary>Nothing captured.</summary>
    public static RouteValues Empty { get; } = new([], []);

    /// <summary>The number of names.</summary>
    public int Count => values.Length;

    /// <summary>The names, in the pattern's order.</summary>
    public IEnumerable<string> Keys => names;

    /// <summary>The values, in the pattern's order.</summary>
    public IEnumerable<string> Values => values;

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">The pattern has no such name.</exception>
    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The route captures no {key}.");

    /// <summary>True where the pattern has the name.</summary>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <summary>The value of a name, where the pattern has it.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (names[i] != key) continue;
            value = values[i];
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Names and values, in the pattern's order.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++) yield return new(names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
