using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>Reads values out of a frame, straight into what pages are made of, and no further than the limits go.</summary>
internal struct ValueReader(FrameLimits limits)
{
    private const int MostForeseen = 32;

    private int values;
    private int foreseen;

    /// <summary>The value that the reader stands at; behind it, the reader stands at its end.</summary>
    /// <exception cref="FrameException">It is too deep or too large, or a mark is not understood.</exception>
    internal object? Read(ref Utf8JsonReader reader, int level = 1)
    {
        Count();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String => FrameText.Read(ref reader),
            JsonTokenType.Number => Number(ref reader),
            JsonTokenType.StartObject => Map(ref reader, level),
            JsonTokenType.StartArray => List(ref reader, level),
            _ => throw new FrameException($"a {reader.TokenType} stands where a value is expected"),
        };
    }

    /// <summary>Reads the entries of the map that the reader stands at into <paramref name="map"/>.</summary>
    /// <returns>What stands for the map where it is a mark; else null.</returns>
    internal object? ReadInto(ref Utf8JsonReader reader, DataMap map, int level = 1)
    {
        Enter(level);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMarked = !reader.ValueIsEscaped && reader.ValueSpan is [(byte)'$', ..] || (reader.ValueIsEscaped && FrameText.Read(ref reader) is ['$', ..]);
            var key = isMarked ? FrameText.Read(ref reader) : FrameText.ReadKey(ref reader);
            if (!reader.Read()) break;
            if (isMarked)
            {
                if (!key.StartsWith("$$", StringComparison.Ordinal)) return Marked(ref reader, key, map.Count);
                key = key[1..];
            }

            map[key] = Inner(Read(ref reader, level + 1));
        }

        return null;
    }

    /// <summary>Reads the list that the reader stands at.</summary>
    internal DataList List(ref Utf8JsonReader reader, int level = 1)
    {
        Enter(level);
        var list = new DataList();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(Inner(Read(ref reader, level + 1)));
        return list;
    }

    /// <summary>The values of the list that the reader stands at, each by itself: HTML may be among them.</summary>
    internal static object?[] Each(ref Utf8JsonReader reader, FrameLimits limits)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new FrameException($"a {reader.TokenType} stands where a list is expected");
        var (values, all) = (new ValueReader(limits), new List<object?>());
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) all.Add(values.Read(ref reader));
        return [.. all];
    }

    private object Map(ref Utf8JsonReader reader, int level)
    {
        // The maps of a list are alike: the next has as many keys as the last.
        var map = new DataMap(foreseen);
        var mark = ReadInto(ref reader, map, level);
        foreseen = Math.Min(map.Count, MostForeseen);
        return mark ?? map;
    }

    private static object Marked(ref Utf8JsonReader reader, string mark, int before)
    {
        object? marked = mark switch
        {
            "$html" when reader.TokenType == JsonTokenType.String => new Html(FrameText.Read(ref reader)),
            "$decimal" when reader.TokenType == JsonTokenType.String && decimal.TryParse(FrameText.Read(ref reader), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact) => exact,
            "$double" when reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var real) && double.IsFinite(real) => real,
            _ => null,
        };
        return marked is not null && before == 0 && reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? marked
            : throw new FrameException($"a map has the key \"{(mark.Length > 40 ? mark[..40] : mark)}\"; expected $html, $decimal or $double with its value and nothing else. Of a key that begins with $ write another $ in front");
    }

    private static object? Inner(object? value) => value is Html ? throw new FrameException("a list or map holds HTML; expected it alone, as what a helper gives") : value;

    private static object Number(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
        {
            return reader.TryGetDouble(out var real) && double.IsFinite(real) ? real : throw new FrameException("a number is larger than a double can be");
        }

        if (reader.TryGetInt64(out var whole)) return whole;
        if (Utf8Parser.TryParse(text, out decimal exact, out var used) && used == text.Length) return exact;
        return reader.TryGetDouble(out var large) && double.IsFinite(large) ? large : throw new FrameException("a number is larger than a double can be");
    }

    private readonly void Enter(int level)
    {
        if (level > limits.MaxDepth) throw new FrameException($"the data are more than {limits.MaxDepth} levels deep", isLimit: true);
    }

    private void Count()
    {
        if (++values > limits.MaxValues) throw new FrameException($"the data hold more than {limits.MaxValues:N0} values", isLimit: true);
    }
}
