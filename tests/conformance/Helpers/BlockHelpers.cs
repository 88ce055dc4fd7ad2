using Platform.Templating;

namespace Platform.Conformance.Helpers;

/// <summary>The helpers that render their block, by <see cref="SpecHelpers.Key"/>.</summary>
internal static class BlockHelpers
{
    private static readonly string[] Byes = ["Goodbye", "goodbye", "GOODBYE"];

    public static IReadOnlyDictionary<string, SpecFunction> All { get; } = new Dictionary<string, SpecFunction>
    {
        // In the context they stand in.
        ["3cabf8e66622"] = (in c) => c.Body(c.This),
        ["1c13eb9914b0"] = (in c) => $"<form>{c.Body(c.This)}</form>",
        ["f111b5bf1566"] = (in c) => $"<a href=\"{c.Text(0)}/{c.Own("url")}\">{c.Body(c.This)}</a>",
        ["115e37e7189b"] = (in c) => $"<a href=\"/people/{c.Own("id")}\">{c.Body(c.This)}</a>",
        ["99fc1abe5dec"] = (in c) => $"<a href=\"{c.Own("name")}\">{c.Body(c.This)}</a>",
        ["9e22236ade8e"] = (in c) => Js.Upper(Js.Property(c.This, "goodbye")) + c.Body(c.This),
        ["ba2227913267"] = (in c) => $"GOODBYE {c.Named("cruel")} {c.Body(c.This)} {c.Named("times")} TIMES",
        ["a071bcd5fea9"] = (in c) => TextHelpers.Printed(c) ?? $"GOODBYE {c.Named("cruel")} {c.Body(c.This)}",
        ["25fd6ddefc61"] = (in c) => TemplateValue.IsTruthy(c[0]) ? c.Body(c.This) : c.Else(c.This),

        // In another one.
        ["691d0e3dc2b2"] = (in c) => c.Body(null),
        ["34b07051a367"] = (in c) => new SafeString(c.Body(null)),
        ["98721c6b5992"] = (in c) => c.Body(""),
        ["1bd8fd119371"] = (in c) => c.Else(""),
        ["63a885a3728b"] = (in c) => c.Body(null) + c.Text(0) + c.Text(1) + c.Text(2),
        ["3d0797352fb7"] = (in c) => $"<form>{c.Body(c[0])}</form>",
        ["439bf24dab54"] = (in c) => c.Body(Map(("text", "GOODBYE"))),
        ["06d12832d180"] = (in c) => c.Body(Map(("exclaim", "?"))),
        ["b3c45f572bc0"] = (in c) => $"{Js.Text(c.Data("accessData"))} {c.Body(Map(("exclaim", "?")))}",
        ["9a7373a35526"] = (in c) => c.Body(Map(("greeting", "Goodbye"), ("adj", c[0]), ("noun", c[1]))),

        // More than once.
        ["50781388f95f"] = (in c) => EachBye(c, c.This),
        ["49646a9c0962"] = (in c) => EachBye(c, Map()),
        ["7e2f00175a20"] = List,

        // With @data.
        ["8d47aa59b6e7"] = (in c) => c.Body(Map(("exclaim", "?"), ("zomg", "world")), Map(("adjective", "sad"))),
        ["2c8134af39e6"] = (in c) => c.Body(Map(("exclaim", "?")), Map(("adjective", "sad"))),
        ["0163a89894d0"] = (in c) => c.Body(c.This, c.Hash),
        ["c37c837f6716"] = (in c) => c.Body(c.This, Map(("depth", Js.Add(c.Data("depth"), 1L)))),

        // With block parameters.
        ["d8adccdab228"] = (in c) => One(c, Map(("value", "bar"))),
        ["634e55a90e72"] = (in c) => One(c, Map()),
        ["ebf2b4357d94"] = (in c) => One(c, c.This),
        ["005a259cfb2b"] = (in c) => c.BlockParameters == 1 ? c.Body(Map(("value", "bar")), null, c.Next(), c.Next()) : c.Body(Map(("value", "bar"))),
    };

    private static Dictionary<string, object?> Map(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in entries) map[key] = value;
        return map;
    }

    private static string EachBye(in SpecCall call, object? context)
    {
        var text = "";
        foreach (var bye in Byes) text += $"{bye} {call.Body(context)}! ";
        return text;
    }

    private static string List(in SpecCall call)
    {
        if (call[0] is not IReadOnlyList<object?> { Count: > 0 } items) return $"<p>{call.Else(call.This)}</p>";
        var text = "";
        foreach (var item in items) text += $"<li>{call.Body(item)}</li>";
        return $"<ul>{text}</ul>";
    }

    private static string One(in SpecCall call, object? context) =>
        call.BlockParameters == 1 ? call.Body(context, null, 1L, 2L) : throw new HelperException($"{call.BlockParameters} block parameters; expected 1.");
}
