using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary><c>this</c> where a helper is called: it may be a whole page's data, and comes only where the helper looks at it.</summary>
internal static class HelperContext
{
    internal static object? Fetch(ChildCall call, FrameLimits limits)
    {
        var question = FrameBuffer.Begin(FrameType.Context.Word());
        question.Json.WriteNumber("call"u8, call.Id);
        using var answer = call.Ask(question);
        object? value = null;
        var reader = answer.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "value"u8)) value = new ValueReader(limits).Read(ref reader);
            else FrameMember.Pass(ref reader);
        }

        return value;
    }
}

/// <summary>A map that is fetched when it is looked at.</summary>
internal sealed class ContextMap(ChildCall call, FrameLimits limits) : IReadOnlyDictionary<string, object?>
{
    private DataMap? map;

    public int Count => Map.Count;

    public IEnumerable<string> Keys => Map.Keys;

    public IEnumerable<object?> Values => Map.Values;

    private DataMap Map => map ??= HelperContext.Fetch(call, limits) as DataMap ?? new();

    public object? this[string key] => Map.TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"'{key}' is not there.");

    public bool ContainsKey(string key) => Map.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => Map.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)Map).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A list that is fetched when it is looked at.</summary>
internal sealed class ContextList(ChildCall call, FrameLimits limits) : IReadOnlyList<object?>
{
    private DataList? list;

    public int Count => List.Count;

    private DataList List => list ??= HelperContext.Fetch(call, limits) as DataList ?? new();

    public object? this[int index] => List[index];

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)List).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
