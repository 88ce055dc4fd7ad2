using System.Globalization;
using System.Text;

namespace Platform.Templating;

/// <summary>What a value means in a template: null, bool, number, string, list, map and <see cref="SafeString"/>, as JavaScript has it.</summary>
public static class TemplateValue
{
    private const int MaxDepth = 64;
    private const int MostToSearch = 24;

    /// <summary>False for what <c>{{#if}}</c> takes for nothing: null, false, 0, an empty text, an empty list.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="includeZero">0 counts as something.</param>
    public static bool IsTruthy(object? value, bool includeZero = false) => value switch
    {
        null => false,
        string text => text.Length > 0,
        bool flag => flag,
        long number => number != 0 || includeZero,
        double number => includeZero || (number != 0 && !double.IsNaN(number)),
        IReadOnlyDictionary<string, object?> => true,
        IReadOnlyList<object?> list => list.Count > 0,
        int number => number != 0 || includeZero,
        decimal number => number != 0 || includeZero,
        _ => true,
    };

    /// <summary>The text that <c>{{{value}}}</c> prints.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => NumberText(number),
        SafeString safe => safe.Value,
        IReadOnlyDictionary<string, object?> => "[object Object]",
        IReadOnlyList<object?> list => ListText(list, 0),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The number of letters of a text, of entries of a list or map; else 0.</summary>
    public static int Length(object? value) => value switch
    {
        string text => text.Length,
        SafeString safe => safe.Value.Length,
        IReadOnlyDictionary<string, object?> map => map.Count,
        IReadOnlyList<object?> list => list.Count,
        _ => 0,
    };

    /// <summary>What a name means in a value: a map's entry, a list's entry or length, a text's letter or length; else null.</summary>
    public static object? Member(object? value, string name) => TryGetMember(value, name, out var member) ? member : null;

    /// <summary>As <see cref="Member(object?, string)"/>, for one place that asks for one name again and again.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">The name.</param>
    /// <param name="place">Where the name stood in the last map: maps of one kind have their keys in one order.</param>
    internal static object? Member(object? value, string name, ref int place)
    {
        if (value is not IReadOnlyList<KeyValuePair<string, object?>> entries) return Member(value, name);
        var at = place;
        if ((uint)at < (uint)entries.Count)
        {
            var entry = entries[at];
            if (entry.Key == name) return entry.Value;
        }

        return Find(entries, name, ref place);
    }

    private static object? Find(IReadOnlyList<KeyValuePair<string, object?>> entries, string name, ref int place)
    {
        if (entries is not IReadOnlyDictionary<string, object?> map || !map.TryGetValue(name, out var value)) return null;
        for (var i = 0; i < entries.Count && i < MostToSearch; i++)
        {
            if (entries[i].Key != name) continue;
            place = i;
            break;
        }

        return value;
    }

    /// <summary>As <see cref="Member(object?, string)"/>; false where there is none.</summary>
    public static bool TryGetMember(object? value, string name, out object? member)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                return map.TryGetValue(name, out member);
            case IReadOnlyList<object?> list when name == "length":
                member = Boxes.Of(list.Count);
                return true;
            case IReadOnlyList<object?> list when Index(name) is { } index && index < list.Count:
                member = list[index];
                return true;
            case string text when name == "length":
                member = Boxes.Of(text.Length);
                return true;
            case string text when Index(name) is { } index && index < text.Length:
                member = text[index].ToString();
                return true;
            default:
                member = null;
                return false;
        }
    }

    /// <summary>False for what <c>{{#with}}</c> takes for nothing: as <see cref="IsTruthy"/>, but 0 is something.</summary>
    internal static bool IsEmpty(object? value) => !IsTruthy(value, includeZero: true);

    /// <summary>False for null, false, 0, NaN and an empty text; a list is something even where it is empty.</summary>
    internal static bool IsTrue(object? value) => IsTruthy(value) || value is IReadOnlyList<object?>;

    /// <summary>Whether two contexts are one, as JavaScript's <c>==</c> has it.</summary>
    internal static bool AreSame(object? left, object? right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null) return false;
        if (left is string a) return right is string b ? a == b : right is long or double or bool or int or decimal && Number(a) == Number(right);
        if (left is long or double or bool or int or decimal && right is string or long or double or bool or int or decimal) return Number(left) == Number(right);
        return false;
    }

    private static double Number(object value) => value switch
    {
        long number => number,
        double number => number,
        bool flag => flag ? 1 : 0,
        string text when string.IsNullOrWhiteSpace(text) => 0,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A number as JavaScript writes it: the fewest digits that mean it, an exponent from 1e21 and below 1e-6.</summary>
    private static string NumberText(double number)
    {
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0) return "0";
        var round = number.ToString("R", CultureInfo.InvariantCulture);
        var mark = round.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0) return round;
        var exponent = int.Parse(round.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = number < 0 ? "-" : "";
        var digits = round[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        if (exponent is >= 0 and < 21) return digits.Length > exponent + 1 ? $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}" : sign + digits.PadRight(exponent + 1, '0');
        if (exponent is < 0 and >= -6) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }

    private static string ListText(IReadOnlyList<object?> list, int depth)
    {
        if (depth > MaxDepth) return "";
        var text = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(list[i] is IReadOnlyList<object?> inner and not IReadOnlyDictionary<string, object?> ? ListText(inner, depth + 1) : Text(list[i]));
        }

        return text.ToString();
    }

    /// <summary>An index as JavaScript writes it: 0, or digits that do not begin with 0.</summary>
    private static int? Index(string name) =>
        name.Length is > 0 and < 10 && (name[0] != '0' || name.Length == 1) && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
