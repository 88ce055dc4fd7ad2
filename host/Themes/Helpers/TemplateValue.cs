using System.Globalization;
using Platform.Sdk;

namespace Platform.Host.Themes.Helpers;

/// <summary>What a value of the closed value model means in a template; as in Handlebars.js.</summary>
internal static class TemplateValue
{
    /// <summary>False: null, false, 0, "", an empty list.</summary>
    public static bool IsTruthy(object? value, bool includeZero = false) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => includeZero || number != 0,
        int number => includeZero || number != 0,
        double number => includeZero || number != 0,
        decimal number => includeZero || number != 0,
        DataList list => list.Count > 0,
        SafeText text => text.Value.Length > 0,
        _ => true,
    };

    /// <summary>Letters of a text, entries of a list or map; else 0.</summary>
    public static object Length(object? value) => (long)(value switch
    {
        string text => text.Length,
        SafeText text => text.Value.Length,
        DataList list => list.Count,
        DataMap map => map.Count,
        _ => 0,
    });

    /// <summary>A map's value by key, a list's by index; else null.</summary>
    public static object? Member(object? value, object? key) => value switch
    {
        DataMap map => map[Text(key)],
        DataList list when Index(key) is { } index && index < list.Count => list[index],
        _ => null,
    };

    /// <summary>As it is printed.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number == Math.Truncate(number) && Math.Abs(number) < 1e21
            ? number.ToString("F0", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        SafeText text => text.Value,
        DataList list => string.Join(',', list.Select(Text)),
        _ => "[object Object]",
    };

    private static int? Index(object? key) => key switch
    {
        long index and >= 0 and < int.MaxValue => (int)index,
        int index and >= 0 => index,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index,
        _ => null,
    };
}
