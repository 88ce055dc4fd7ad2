namespace Platform.Sdk;

/// <summary>How large data are.</summary>
/// <param name="Depth">Levels, 1 for a map or list without one inside.</param>
/// <param name="Values">Values, the maps and lists themselves counted.</param>
/// <param name="Characters">Characters of all keys and texts.</param>
public readonly record struct DataSize(int Depth, int Values, long Characters);

/// <summary>Whether a map or list is closed to change, and how large it then is.</summary>
internal struct Frozen
{
    private const int MaxDepth = 32;
    private const int MaxValues = 100_000;

    private DataSize size;
    private volatile bool isFrozen;

    internal readonly bool IsFrozen => isFrozen;

    /// <summary>Measures and closes all below. Several callers may measure the same data at once: nothing is written but the result.</summary>
    internal DataSize Measure(DataMap map, int level)
    {
        if (isFrozen) return size;
        var sum = Begin(level);
        foreach (var (key, value) in map)
        {
            sum = sum with { Characters = sum.Characters + key.Length };
            Add(ref sum, value, level);
        }

        return Close(sum);
    }

    /// <inheritdoc cref="Measure(DataMap, int)"/>
    internal DataSize Measure(DataList list, int level)
    {
        if (isFrozen) return size;
        var sum = Begin(level);
        foreach (var value in list) Add(ref sum, value, level);
        return Close(sum);
    }

    // Data that contain themselves end here too.
    private static DataSize Begin(int level) => level > MaxDepth ? throw TooDeep() : new(1, 1, 0);

    private static void Add(ref DataSize sum, object? value, int level)
    {
        var below = value switch
        {
            DataMap map => map.Measure(level + 1),
            DataList list => list.Measure(level + 1),
            string text => new(0, 1, text.Length),
            _ => new DataSize(0, 1, 0),
        };
        sum = new(Math.Max(sum.Depth, below.Depth + 1), sum.Values + below.Values, sum.Characters + below.Characters);
        if (level + sum.Depth > MaxDepth + 1) throw TooDeep();
        if (sum.Values > MaxValues) throw new InvalidOperationException($"The data hold more than {MaxValues:N0} values.");
    }

    private DataSize Close(DataSize sum)
    {
        size = sum;
        isFrozen = true;
        return sum;
    }

    private static InvalidOperationException TooDeep() => new($"The data are more than {MaxDepth} levels deep, or contain themselves.");
}
