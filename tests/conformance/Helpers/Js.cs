using System.Globalization;
using Platform.Templating;

namespace Platform.Conformance.Helpers;

/// <summary>What JavaScript's operators make of values.</summary>
internal static class Js
{
    public const string Undefined = "undefined";

    /// <summary>As <c>'' + value</c>.</summary>
    public static string Text(object? value) => value switch
    {
        null => Undefined,
        bool flag => flag ? "true" : "false",
        IReadOnlyList<object?> list => string.Join(',', list.Select(item => item is null ? "" : Text(item))),
        IReadOnlyDictionary<string, object?> => "[object Object]",
        SafeString safe => safe.Value,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>As <c>a + b</c>.</summary>
    public static object Add(object? a, object? b) => IsNumber(a) && IsNumber(b) ? Number(a) + Number(b) : Text(a) + Text(b);

    /// <summary>As <c>a === b</c>.</summary>
    public static bool Same(object? a, object? b) => IsNumber(a) && IsNumber(b) ? Number(a).Equals(Number(b)) : a is string or bool ? a.Equals(b) : ReferenceEquals(a, b);

    /// <summary>As <c>typeof value</c>.</summary>
    public static string TypeOf(object? value) => value switch
    {
        null => Undefined,
        bool => "boolean",
        string => "string",
        _ => IsNumber(value) ? "number" : "object",
    };

    /// <summary>The value, or a word in its place where it is of another type.</summary>
    public static object? Or(object? value, string type, string word) => TypeOf(value) == type ? value : word;

    public static string Upper(object? value) => Text(value).ToUpperInvariant();

    public static object? Property(object? value, string name) => (value as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(name);

    private static bool IsNumber(object? value) => value is long or int or double or decimal;

    private static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
