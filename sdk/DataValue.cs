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
    internal const int MaxDepth = 32;
    internal const int MaxCount = 100_000;

    private int count;

    /// <summary>0 open, -1 being measured, else the number of levels.</summary>
    internal int Depth { get; private set; }

    internal (int Depth, int Count) Measure(IEnumerable<object?> values)
    {
        if (Depth > 0) return (Depth, count);
        if (Depth < 0) throw new InvalidOperationException("The data contain themselves; a page's data are a tree.");
        Depth = -1;
        var (depth, total) = (1, 1);
        try
        {
            foreach (var value in values)
            {
                var (below, size) = value switch
                {
                    DataMap map => map.Measure(),
                    DataList list => list.Measure(),
                    _ => (0, 1),
                };
                depth = Math.Max(depth, below + 1);
                total += size;
                if (depth > MaxDepth) throw new InvalidOperationException($"The data are more than {MaxDepth} levels deep.");
                if (total > MaxCount) throw new InvalidOperationException($"The data hold more than {MaxCount:N0} values.");
            }

            (Depth, count) = (depth, total);
            return (depth, total);
        }
        finally
        {
            if (Depth < 0) Depth = 0;
        }
    }
}
