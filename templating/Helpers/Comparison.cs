namespace Platform.Templating.Helpers;

/// <summary><c>eq ne gt gte lt lte</c>: numbers by value whatever their type, texts by code unit; nothing else has an order.</summary>
internal static class Comparison
{
    public static Helper Of(string name, Func<object?, object?, bool> compare) =>
        new(name, (in call) => Boxes.Of(compare(Plain(call.Arguments[0]), Plain(call.Arguments[1]))), 2, 2, $"({name} a b)");

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
        if (Whole(left) is { } i && Whole(right) is { } j) return i.CompareTo(j);
        return Number(left) is { } m && Number(right) is { } n ? m.CompareTo(n) : null;
    }

    private static object? Plain(object? value) => value is SafeString safe ? safe.Value : value;

    private static long? Whole(object? value) => value switch { long number => number, int number => number, _ => null };

    private static double? Number(object? value) => value switch
    {
        long number => number,
        int number => number,
        double number => number,
        decimal number => (double)number,
        _ => null,
    };
}
