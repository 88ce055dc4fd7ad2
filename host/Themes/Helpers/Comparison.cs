namespace Platform.Host.Themes.Helpers;

/// <summary>Equality and order: numbers by value whatever their type, texts by code point; nothing else compares.</summary>
internal static class Comparison
{
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        _ when Order(left, right) is { } order => order == 0,
        _ => left is not null && ReferenceEquals(left, right),
    };

    /// <summary>Null where the two have no order.</summary>
    public static int? Order(object? left, object? right)
    {
        if (left is string a && right is string b) return string.CompareOrdinal(a, b);
        if (Integer(left) is { } i && Integer(right) is { } j) return i.CompareTo(j);
        if (left is double x && right is double y) return x.CompareTo(y);
        return Number(left) is { } m && Number(right) is { } n ? m.CompareTo(n) : null;
    }

    private static long? Integer(object? value) => value switch { long number => number, int number => number, _ => null };

    private static double? Number(object? value) => value switch
    {
        long number => number,
        int number => number,
        double number => number,
        decimal number => (double)number,
        _ => null,
    };
}
