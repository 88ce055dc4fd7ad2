using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>Strings of a frame. Half of a surrogate pair stays what it is, written as <c>\ud83d</c>: what becomes of it is the page's affair. Bytes that are not UTF-8 become U+FFFD.</summary>
internal static class FrameText
{
    private const int KnownKeys = 1024;
    private const int LongestKnownKey = 48;

    private static readonly Key?[] Keys = new Key?[KnownKeys];

    /// <summary>Writes a string as a value.</summary>
    internal static void Write(Utf8JsonWriter writer, string text)
    {
        if (HasHalves(text)) writer.WriteRawValue(Escape(text), skipInputValidation: true);
        else writer.WriteStringValue(text);
    }

    /// <summary>The string that the reader stands at.</summary>
    internal static string Read(ref Utf8JsonReader reader)
    {
        var raw = reader.ValueSpan;
        return reader.ValueIsEscaped ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>The key that the reader stands at. Answers bear the same keys again and again: one string of each is enough.</summary>
    internal static string ReadKey(ref Utf8JsonReader reader)
    {
        var raw = reader.ValueSpan;
        if (reader.ValueIsEscaped || raw.Length is 0 or > LongestKnownKey) return Read(ref reader);
        var hash = (uint)raw.Length;
        foreach (var letter in raw) hash = (hash * 31) + letter;
        ref var place = ref Keys[hash % KnownKeys];
        if (place is { } known && known.Bytes.AsSpan().SequenceEqual(raw)) return known.Text;
        var text = Encoding.UTF8.GetString(raw);
        place = new(raw.ToArray(), text);
        return text;
    }

    /// <summary>Undoes escapes. The library's own way throws where a surrogate stands alone.</summary>
    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var letters = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            var length = 0;
            while (!raw.IsEmpty)
            {
                var plain = raw.IndexOf((byte)'\\');
                if (plain < 0) plain = raw.Length;
                length += Encoding.UTF8.GetChars(raw[..plain], letters.AsSpan(length));
                raw = raw[plain..];
                if (raw.Length < 2) break;
                var isUnicode = raw[1] == 'u' && raw.Length >= 6;
                letters[length++] = isUnicode ? (char)Hex(raw.Slice(2, 4)) : Letter(raw[1]);
                raw = raw[(isUnicode ? 6 : 2)..];
            }

            return new(letters, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    private static bool HasHalves(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i)) return true;
            i++;
        }

        return false;
    }

    // The library's own way puts U+FFFD in the place of a half.
    private static string Escape(string text)
    {
        var json = new StringBuilder(text.Length * 2).Append('"');
        foreach (var letter in text)
        {
            if (letter is >= ' ' and < '\x7f' and not ('"' or '\\')) json.Append(letter);
            else json.Append("\\u").Append(((int)letter).ToString("x4"));
        }

        return json.Append('"').ToString();
    }

    private static char Letter(byte escaped) => escaped switch
    {
        (byte)'n' => '\n',
        (byte)'t' => '\t',
        (byte)'r' => '\r',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)escaped,
    };

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits) value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return value;
    }

    private sealed record Key(byte[] Bytes, string Text);
}
