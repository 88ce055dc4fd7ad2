using System.Globalization;
using System.Text.Json;

namespace Platform.Conformance.Cases;

/// <summary>A case's JSON as values of the closed model.</summary>
internal static class SpecValue
{
    public static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.Object => Map(json),
        _ => null,
    };

    /// <summary>Keys that are numbers come first and in order, as JavaScript has them.</summary>
    private static Dictionary<string, object?> Map(JsonElement json)
    {
        var members = json.EnumerateObject().OrderBy(member => Index(member.Name) ?? long.MaxValue);
        return members.ToDictionary(member => member.Name, member => Of(member.Value), StringComparer.Ordinal);
    }

    private static long? Index(string key) =>
        uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index.ToString(CultureInfo.InvariantCulture) == key ? index : null;
}
