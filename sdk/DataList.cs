using System.Collections;

namespace Platform.Sdk;

/// <summary>A list of the closed value model: null, bool, number, string, list, map. See <see cref="DataMap"/>.</summary>
public sealed class DataList : IReadOnlyList<object?>
{
    private readonly List<object?> values = [];
    private Frozen frozen;

    /// <summary>An empty list.</summary>
    public DataList()
    {
    }

    /// <summary>A copy of <paramref name="source"/>, each value checked.</summary>
    /// <exception cref="ArgumentException">A value is not of the closed value model.</exception>
    public DataList(IEnumerable source)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (var value in source) Add(value);
    }

    /// <summary>The value at an index, from 0.</summary>
    public object? this[int index] => values[index];

    /// <summary>The number of values.</summary>
    public int Count => values.Count;

    /// <summary>Appends a value.</summary>
    /// <exception cref="ArgumentException">The value is not of the closed value model; the message names index and type.</exception>
    /// <exception cref="InvalidOperationException">The list was already handed to the host.</exception>
    public void Add(object? value)
    {
        if (frozen.IsFrozen) throw new InvalidOperationException("Nothing can be added: this list was already handed to the host. Make a new one.");
        values.Add(DataValue.Normalize($"[{values.Count}]", value));
    }

    /// <summary>The values, without allocation in a <c>foreach</c>.</summary>
    public List<object?>.Enumerator GetEnumerator() => values.GetEnumerator();

    /// <summary>Ends all change here and below, as <see cref="DataMap.Freeze"/> does.</summary>
    /// <exception cref="InvalidOperationException">Too deep, too large, or the list contains itself.</exception>
    public void Freeze() => Measure(1);

    /// <summary>How large the list is; asking freezes it.</summary>
    /// <exception cref="InvalidOperationException">Too deep, too large, or the list contains itself.</exception>
    public DataSize Size() => Measure(1);

    internal DataSize Measure(int level) => frozen.Measure(this, level);

    IEnumerator<object?> IEnumerable<object?>.GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();
}
