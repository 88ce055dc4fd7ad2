using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Sdk;

/// <summary>
/// A map of the closed value model: null, bool, number, string, list, map. Whatever is put in is turned into these
/// (<c>int</c> into <c>long</c>, any dictionary with string keys into a <see cref="DataMap"/>, any other sequence into a
/// <see cref="DataList"/>), or refused with the key and the type.
/// </summary>
/// <remarks>Keys are ordinal. Once handed to the host a map is frozen: a later change throws, so one map may serve many requests.</remarks>
public class DataMap : IReadOnlyDictionary<string, object?>, IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly OrderedDictionary<string, object?> values;
    private Frozen frozen;

    /// <summary>An empty map.</summary>
    public DataMap()
        : this(0)
    {
    }

    /// <summary>An empty map with room for so many keys: filling it is faster.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public DataMap(int capacity) => values = new(capacity, StringComparer.Ordinal);

    /// <summary>A copy of <paramref name="source"/>, each value checked.</summary>
    /// <exception cref="ArgumentException">A value is not of the closed value model.</exception>
    public DataMap(IEnumerable<KeyValuePair<string, object?>> source)
        : this(source is not null && source.TryGetNonEnumeratedCount(out var count) ? count : 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (var (key, value) in source) this[key] = value;
    }

    /// <summary>The value of a key. Reading an unknown key gives null; writing replaces.</summary>
    /// <exception cref="ArgumentException">The value is not of the closed value model; the message names key and type.</exception>
    /// <exception cref="InvalidOperationException">The map was already handed to the host.</exception>
    public object? this[string key]
    {
        get => values.GetValueOrDefault(key);
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            if (frozen.IsFrozen) throw new InvalidOperationException($"'{key}' can't be set: this map was already handed to the host. Make a new one.");
            values[key] = DataValue.Normalize(key, value);
        }
    }

    /// <summary>An entry by its place, from 0: the fastest way to a key that stands where it stood in the map before.</summary>
    KeyValuePair<string, object?> IReadOnlyList<KeyValuePair<string, object?>>.this[int index] => values.GetAt(index);

    /// <summary>The number of keys.</summary>
    public int Count => values.Count;

    /// <summary>The keys, in the order they were added.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>The values, in the order they were added.</summary>
    public IEnumerable<object?> Values => values.Values;

    /// <summary>Adds a key; used by collection initializers.</summary>
    /// <exception cref="ArgumentException">The value is not of the closed value model.</exception>
    public void Add(string key, object? value) => this[key] = value;

    /// <summary>True where the key is present, even with a null value.</summary>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <summary>The value of a key, where present.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => values.TryGetValue(key, out value);

    /// <summary>The entries, without allocation in a <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(values);

    /// <summary>
    /// Ends all change here and below, and checks the whole: at most 32 levels and 100,000 values. Called by the host
    /// when the map is handed over; calling it again costs nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">Too deep, too large, or the map contains itself.</exception>
    public void Freeze() => Measure(1);

    /// <summary>How large the map is; asking freezes it.</summary>
    /// <exception cref="InvalidOperationException">Too deep, too large, or the map contains itself.</exception>
    public DataSize Size() => Measure(1);

    internal DataSize Measure(int level) => frozen.Measure(this, level);

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();

    /// <summary>Walks the entries in the order they were added.</summary>
    public struct Enumerator
    {
        private readonly OrderedDictionary<string, object?> values;
        private int index;

        internal Enumerator(OrderedDictionary<string, object?> values)
        {
            this.values = values;
            index = -1;
        }

        /// <summary>The entry.</summary>
        public readonly KeyValuePair<string, object?> Current => values.GetAt(index);

        /// <summary>Goes to the next entry; false behind the last.</summary>
        public bool MoveNext() => ++index < values.Count;
    }
}
