namespace Platform.Bench.Templates.Fuzzing;

/// <summary>Data nobody would send in good faith: endless, deep, broken, of every kind.</summary>
internal static class HostileData
{
    public static IReadOnlyList<object?> Models { get; } = [Usual(), Hostile(), Cyclic(), Deep(5000), "text", null, new List<object?> { 1, null, "x" }];

    private static Dictionary<string, object?> Usual() => new()
    {
        ["x"] = "a <b> & 'c'", ["y"] = false, ["a"] = new Dictionary<string, object?> { ["b"] = 1L, ["name"] = "n" }, ["name"] = "p",
        ["list"] = new List<object?> { 1L, "two", 3.5, null, true }, ["map"] = new Dictionary<string, object?> { ["k"] = "v", ["0"] = 1L },
        ["foo"] = "bar", ["goodbyes"] = new List<object?> { new Dictionary<string, object?> { ["text"] = "goodbye" } }, ["world"] = "world", ["items"] = new List<object?> { "i" },
    };

    private static Dictionary<string, object?> Hostile() => new(Usual())
    {
        ["x"] = new string('<', 5000) + "\ud800\udc00\ud800", ["y"] = "\udc00", ["name"] = "self", ["\ud800"] = "half",
        ["wide"] = Enumerable.Range(0, 30_000).Select(i => (object?)(long)i).ToList(), ["deep"] = Deep(2000), ["cycle"] = Cyclic(),
        ["list"] = new List<object?> { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.MaxValue, double.Epsilon, long.MinValue, decimal.MaxValue, int.MinValue, float.NaN },
        [""] = "empty", ["this"] = "this", ["length"] = 7L, ["constructor"] = "c", ["map"] = new Dictionary<string, object?> { ["\0"] = "\0", ["a.b"] = 1, ["__proto__"] = 2 },
    };

    private static Dictionary<string, object?> Cyclic()
    {
        var list = new List<object?> { "x" };
        list.Add(list);
        var map = new Dictionary<string, object?> { ["x"] = list, ["list"] = list, ["name"] = list, ["cycle"] = list, ["deep"] = list };
        map["a"] = map;
        map["map"] = map;
        map["foo"] = map;
        list.Add(map);
        return map;
    }

    private static object? Deep(int levels)
    {
        object? value = "bottom";
        for (var i = 0; i < levels; i++) value = i % 2 == 0 ? new List<object?> { value } : new Dictionary<string, object?> { ["list"] = value, ["x"] = value };
        return value;
    }
}
