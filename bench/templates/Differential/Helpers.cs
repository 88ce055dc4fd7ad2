using Platform.Templating;

namespace Platform.Bench.Templates.Differential;

/// <summary>Helpers that both sides know under the same names; helpers.mjs is the other half.</summary>
internal static class Helpers
{
    public static IReadOnlyList<Helper> All { get; } =
    [
        new("echo", (in HelperCall call) => First(call)),
        new("nothing", (in HelperCall _) => null),
        new("truth", Truth),
        new("count", (in HelperCall call) => call.Arguments.Length),
        new("safe", (in HelperCall call) => new SafeString(First(call) as string ?? "<i>")),
        new("pair", (in HelperCall call) => call.Arguments.Length > 1 && call.Arguments[0] is string a && call.Arguments[1] is string b ? new List<object?> { a, b } : []),
        new("many", (in HelperCall call) => call.Arguments.ToArray()),
        new("keys", Keys),
        new("hash", Hash),
        new("get", (in HelperCall call) => call.Hash["key"]),
        new("position", (in HelperCall call) => call.Data("index")),
        new("fail", (in HelperCall _) => throw new HelperException("asked to fail")),
        new("wrap", Wrap),
        new("twice", Twice),
        new("bind", Bind),
        new("frame", Frame),
        new("swap", Swap),
        new("raw", Raw),
        new("shape", (in HelperCall call) => $"{(call.IsBlock ? "block" : "value")} {call.Arguments.Length} {Given(call.Hash).Count}"),
    ];

    private static object? First(in HelperCall call) => call.Arguments.Length > 0 ? call.Arguments[0] : null;

    private static object? Truth(in HelperCall call)
    {
        foreach (var value in call.Arguments)
        {
            if (value is not true) return false;
        }

        return true;
    }

    private static object? Keys(in HelperCall call) => string.Join(',', Given(call.Hash));

    private static SortedSet<string> Given(HelperHash hash)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < hash.Count; i++)
        {
            if (hash[hash.NameAt(i)] is not null) names.Add(hash.NameAt(i));
        }

        return names;
    }

    private static object? Hash(in HelperCall call)
    {
        var map = new Dictionary<string, object?>();
        for (var i = 0; i < call.Hash.Count; i++) map[call.Hash.NameAt(i)] = call.Hash.ValueAt(i);
        return map;
    }

    private static object? Wrap(in HelperCall call)
    {
        if (!call.IsBlock) return "wrap";
        call.Write("[");
        call.RenderBody(call.Context);
        call.Write("|");
        call.RenderElse(call.Context);
        call.Write("]");
        return null;
    }

    private static object? Twice(in HelperCall call)
    {
        if (!call.IsBlock) return "twice";
        call.RenderBody(First(call));
        return new SafeString(call.CaptureBody(First(call)));
    }

    private static object? Bind(in HelperCall call)
    {
        if (!call.IsBlock) return "bind";
        call.RenderBody(call.Context, null, call.Arguments);
        return null;
    }

    private static object? Frame(in HelperCall call)
    {
        if (!call.IsBlock) return "frame";
        call.RenderBody(call.Context, new Dictionary<string, object?> { ["extra"] = First(call) });
        return null;
    }

    private static object? Swap(in HelperCall call)
    {
        if (!call.IsBlock) return "swap";
        call.Write(call.CaptureElse(call.Context));
        call.RenderBody(call.Context);
        return null;
    }

    private static object? Raw(in HelperCall call)
    {
        if (!call.IsBlock) return "raw";
        call.RenderBody(call.Context);
        return null;
    }
}
