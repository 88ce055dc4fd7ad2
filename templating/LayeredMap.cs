using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Templating;

/// <summary>Maps that lie over one another as one: a later one wins, nothing is copied. The keys stand in the order of the first map that has them.</summary>
/// <remarks>Reads through to the maps; it is as safe for concurrent use as they are.</remarks>
public sealed class LayeredMap : IReadOnlyDictionary<string, object?>
{
    private readonly IReadOnlyDictionary<string, object?>[] layers;

    /// <summary>A map of maps.</summary>
    /// <param name="layers">The lowest first.</param>
    public LayeredMap(params IReadOnlyDictionary<string, object?>[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        this.layers = layers;
    }

    /// <summary>The number of different keys.</summary>
    public int Count => Pairs().Count();

    /// <summary>The different keys.</summary>
    public IEnumerable<string> Keys => Pairs().Select(pair => pair.Key);

    /// <summary>The values of <see cref="Keys"/>.</summary>
    public IEnumerable<object?> Values => Pairs().Select(pair => pair.Value);

    /// <summary>The value of a key.</summary>
    /// <exception cref="KeyNotFoundException">No layer has it.</exception>
    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"'{key}' is in none of the {layers.Length} layers.");

    /// <summary>Whether a layer has the key.</summary>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <summary>The value in the highest layer that has the key.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            if (layers[i].TryGetValue(key, out value)) return true;
        }

        value = null;
        return false;
    }

    /// <summary>The entries, each key once.</summary>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Pairs().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<KeyValuePair<string, object?>> Pairs()
    {
        for (var i = 0; i < layers.Length; i++)
        {
            foreach (var (key, _) in layers[i])
            {
                if (IsNewIn(i, key) && TryGetValue(key, out var value)) yield return new(key, value);
            }
        }
    }

    private bool IsNewIn(int layer, string key)
    {
        for (var i = 0; i < layer; i++)
        {
            if (layers[i].ContainsKey(key)) return false;
        }

        return true;
    }
}
