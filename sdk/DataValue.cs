using System.Collections;

namespace Platform.Sdk;

/// <summary>The closed value model: what may cross the border between a plugin and the host.</summary>
internal static class DataValue
{
    internal static object? Normalize(string key, object? value) => value switch
    {
        null or string or bool or long or decimal or DataList => value,
        // A class derived from it is the plugin's own, and must not outlive the plugin.
        DataMap map => map.GetType() == typeof(DataMap) ? map : new DataMap(map),
        double number when double.IsFinite(number) => value,
        float number when float.IsFinite(number) => (double)number,
        int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, null),
        ulong number => number <= long.MaxValue ? (long)number : (decimal)number,
        char letter => letter.ToString(),
        IDictionary map => FromDictionary(key, map),
        IEnumerable<KeyValuePair<string, object?>> map => new DataMap(map),
        IEnumerable<KeyValuePair<string, string>> map => new DataMap(map.Select(e => KeyValuePair.Create(e.Key, (object?)e.Value))),
        IEnumerable list => new DataList(list),
        _ => throw new ArgumentException(
            $"'{key}' holds a {value.GetType().Name}{(value is double or float ? " that is not finite" : "")}; a page's data are null, bool, number, string, list or map. {Remedy(value)}"),
    };

    internal static object? Frozen(object? value)
    {
        if (value is DataMap map) map.Measure(1);
        if (value is DataList list) list.Measure(1);
        return value;
    }

    private static DataMap FromDictionary(string key, IDictionary source)
    {
        var map = new DataMap();
        foreach (DictionaryEntry entry in source)
        {
            map[entry.Key as string ?? throw new ArgumentException($"'{key}' holds a map whose key is a {entry.Key.GetType().Name}; keys are strings.")] = entry.Value;
        }

        return map;
    }

    private static string Remedy(object value) => value switch
    {
        DateTime or DateTimeOffset or DateOnly or TimeOnly => "Write a date as a string: value.ToString(\"O\").",
        double or float => "Leave it out or write 0.",
        _ => "Copy what the template needs into a DataMap.",
    };
}

/// <summary>Whether a map or list is closed to change, and how deep and large it then is.</summary>
internal struct Frozen
{
    private const int MaxDepth = 32;
    private const int MaxCount = 100_000;

    private int depth;
    private int count;
    private volatile bool isFrozen;

    internal readonly bool IsFrozen => isFrozen;

    /// <summary>Measures and closes all below. Several callers may measure the same data at once: nothing is written but the result.</summary>
    internal (int Depth, int Count) Measure(IEnumerable<object?> values, int level)
    {
        if (isFrozen) return (depth, count);
        // Data that contain themselves end here too.
        if (level > MaxDepth) throw TooDeep();
        var (deepest, total) = (1, 1);
        foreach (var value in values)
        {
            var (below, size) = value switch
            {
                DataMap map => map.Measure(level + 1),
                DataList list => list.Measure(level + 1),
                _ => (0, 1),
            };
            deepest = Math.Max(deepest, below + 1);
            total += size;
            if (level + deepest > MaxDepth + 1) throw TooDeep();
            if (total > MaxCount) throw new InvalidOperationException($"The data hold more than {MaxCount:N0} values.");
        }

        (depth, count) = (deepest, total);
        isFrozen = true;
        return (deepest, total);
    }

    private static InvalidOperationException TooDeep() => new($"The data are more than {MaxDepth} levels deep, or contain themselves.");
}
