using System.Globalization;
using System.Text.Json;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>
/// The value model as it stands in frames. What comes back is of the same type, so that a page is the same bytes wherever its
/// plugin runs: a whole number is a <c>long</c>, one with a point or an exponent a <c>double</c>; what JSON has no word for is a
/// map of one key, <c>{"$decimal":"1.10"}</c> or <c>{"$html":"…"}</c>, and a key of a map that begins with <c>$</c> gets another.
/// </summary>
internal static class FrameValue
{
    private static readonly JsonEncodedText DecimalMark = JsonEncodedText.Encode("$decimal", FrameBuffer.Encoder);
    private static readonly JsonEncodedText HtmlMark = JsonEncodedText.Encode("$html", FrameBuffer.Encoder);

    /// <summary>Writes a value.</summary>
    /// <exception cref="ArgumentException">It is not of the value model.</exception>
    internal static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: FrameText.Write(writer, text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: Write(writer, number); break;
            case decimal number: WriteMarked(writer, DecimalMark, number.ToString(CultureInfo.InvariantCulture)); break;
            case Html html: WriteMarked(writer, HtmlMark, html.Text); break;
            case SafeString html: WriteMarked(writer, HtmlMark, html.Value); break;
            case DataMap map: WriteMap(writer, map); break;
            case DataList list: WriteList(writer, list); break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (key, below) in map) WriteMember(writer, key, below);
                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                foreach (var below in list) Write(writer, below);
                writer.WriteEndArray();
                break;
            default: throw new ArgumentException($"{value.GetType().Name} is not of the value model.");
        }
    }

    /// <summary>Writes a map.</summary>
    internal static void WriteMap(Utf8JsonWriter writer, DataMap map)
    {
        writer.WriteStartObject();
        foreach (var (key, below) in map) WriteMember(writer, key, below);
        writer.WriteEndObject();
    }

    /// <summary>Writes a list, entry by entry.</summary>
    internal static void WriteList(Utf8JsonWriter writer, IReadOnlyList<object?> list)
    {
        writer.WriteStartArray();
        for (var i = 0; i < list.Count; i++) Write(writer, Inner(list[i]));
        writer.WriteEndArray();
    }

    /// <summary>A key as it stands in a frame.</summary>
    internal static string Key(string key) => key.StartsWith('$') ? "$" + key : key;

    private static void WriteMember(Utf8JsonWriter writer, string key, object? value)
    {
        writer.WritePropertyName(Key(key));
        Write(writer, Inner(value));
    }

    // Lists and maps hold no HTML: there it is the text it is.
    private static object? Inner(object? value) => value switch
    {
        Html html => html.Text,
        SafeString html => html.Value,
        _ => value,
    };

    private static void WriteMarked(Utf8JsonWriter writer, JsonEncodedText mark, string text)
    {
        writer.WriteStartObject();
        writer.WriteString(mark, text);
        writer.WriteEndObject();
    }

    /// <summary>With a point or an exponent, always: without one it would come back as a whole number.</summary>
    private static void Write(Utf8JsonWriter writer, double number)
    {
        Span<byte> text = stackalloc byte[40];
        if (!number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture)) throw new ArgumentException("A number has no text.");
        if (text[..length].IndexOfAny((byte)'.', (byte)'E', (byte)'e') < 0) length += Add(text[length..], ".0"u8);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    private static int Add(Span<byte> to, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
