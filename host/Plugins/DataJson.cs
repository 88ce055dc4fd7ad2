using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>The value model as JSON, written by hand: no serializer ever sees a plugin's type.</summary>
public static class DataJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default, SkipValidation = true };

    /// <summary>Writes a value as UTF-8.</summary>
    public static void Write(object? value, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        Write(writer, value);
    }

    /// <summary>A value as text.</summary>
    public static string Text(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(value, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case DataMap map:
                writer.WriteStartObject();
                foreach (var (key, below) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, below);
                }

                writer.WriteEndObject();
                break;
            // What the request says of itself.
            case IReadOnlyDictionary<string, object?> map:
                Write(writer, new DataMap(map));
                break;
            case DataList list:
                writer.WriteStartArray();
                foreach (var below in list) Write(writer, below);
                writer.WriteEndArray();
                break;
            default: throw new InvalidOperationException($"{value.GetType().Name} is not of the value model.");
        }
    }
}
