using System.Text.Json;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>Members of a frame, read one by one; each of the wrong kind is a frame that is not understood.</summary>
internal static class FrameMember
{
    /// <summary>True where the reader stands at this name; it then stands at the value.</summary>
    internal static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name)) return false;
        reader.Read();
        return true;
    }

    /// <summary>Passes a member that nobody knows: a later version's.</summary>
    internal static void Pass(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName) reader.Read();
        reader.Skip();
    }

    /// <summary>A text.</summary>
    internal static string Text(ref Utf8JsonReader reader, int longest) =>
        reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= longest ? FrameText.Read(ref reader) : throw new FrameException($"a {reader.TokenType} stands where a text of at most {longest:N0} bytes is expected");

    /// <summary>A text, or null.</summary>
    internal static string? TextOrNull(ref Utf8JsonReader reader, int longest) => reader.TokenType == JsonTokenType.Null ? null : Text(ref reader, longest);

    /// <summary>A whole number.</summary>
    internal static int Whole(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : throw new FrameException($"a {reader.TokenType} stands where a whole number is expected");

    /// <summary>A length of time in seconds, or null; what is out of range is the nearest that is in it.</summary>
    internal static TimeSpan? Seconds(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetDouble(out var seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue)),
        _ => throw new FrameException($"a {reader.TokenType} stands where a number of seconds is expected"),
    };

    /// <summary>True or false.</summary>
    internal static bool Flag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new FrameException($"a {reader.TokenType} stands where true or false is expected"),
    };

    /// <summary>A list of texts.</summary>
    internal static List<string> Texts(ref Utf8JsonReader reader, int most)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new FrameException($"a {reader.TokenType} stands where a list of texts is expected");
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (texts.Count == most) throw new FrameException($"a list of texts holds more than {most:N0}");
            texts.Add(Text(ref reader, int.MaxValue));
        }

        return texts;
    }

    /// <summary>A map of texts; of a key that stands there twice the last value.</summary>
    internal static Dictionary<string, string> TextMap(ref Utf8JsonReader reader, StringComparer comparer, int most)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new FrameException($"a {reader.TokenType} stands where a map of texts is expected");
        var texts = new Dictionary<string, string>(comparer);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (texts.Count == most) throw new FrameException($"a map of texts holds more than {most:N0}");
            var key = FrameText.ReadKey(ref reader);
            reader.Read();
            texts[key] = Text(ref reader, int.MaxValue);
        }

        return texts;
    }
}
