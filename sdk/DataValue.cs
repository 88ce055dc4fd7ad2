using System.Collections;

namespace Platform.Sdk;

/// <summary>The closed value model: what may cross the border between a plugin and the host.</summary>
internal static class DataValue
{
    internal static object? Normalize(string key, object? value) => value switch
    {
        null or string or bool or long or decimal or DataList or NotedMap => value,
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
        if (value is DataMap map) map.Freeze();
        if (value is DataList list) list.Freeze();
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
