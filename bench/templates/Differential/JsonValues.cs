using System.Text.Json;
using Platform.Sdk;

namespace Platform.Bench.Templates.Differential;

/// <summary>JSON as the values that templates see, in both shapes in which they come.</summary>
internal static class JsonValues
{
    /// <summary>Maps and lists as plugins give them.</summary>
    public static object? Sdk(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Map(value),
        JsonValueKind.Array => new DataList(value.EnumerateArray().Select(Sdk)),
        JsonValueKind.Number when !IsDouble(value) => value.GetInt64(),
        JsonValueKind.Number => value.GetDouble(),
        _ => Scalar(value),
    };

    /// <summary>Any maps and lists, and every kind of number that can hold the value.</summary>
    public static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(p => p.Name, p => Plain(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Number when !IsDouble(value) && value.TryGetInt32(out var number) => number,
        JsonValueKind.Number when IsExactDecimal(value, out var number) => number,
        JsonValueKind.Number => value.GetDouble(),
        _ => Scalar(value),
    };

    public static DataMap Map(JsonElement value)
    {
        var map = new DataMap();
        foreach (var property in value.EnumerateObject()) map[property.Name] = Sdk(property.Value);
        return map;
    }

    private static object? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static bool IsDouble(JsonElement value) => value.GetRawText().AsSpan().IndexOfAny(".eE") >= 0 || !value.TryGetInt64(out _);

    /// <summary>Few digits and no exponent: the decimal is written as the double is.</summary>
    private static bool IsExactDecimal(JsonElement value, out decimal number)
    {
        var text = value.GetRawText();
        number = 0;
        return text.Length < 12 && !text.AsSpan().ContainsAny('e', 'E') && !text.StartsWith("-0", StringComparison.Ordinal) && value.TryGetDecimal(out number);
    }
}
