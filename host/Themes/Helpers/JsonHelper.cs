using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Sdk;

namespace Platform.Host.Themes.Helpers;

/// <summary><c>&lt;script&gt;const items = {{{json items}}};&lt;/script&gt;</c>: no text in it can end the script.</summary>
internal static class JsonHelper
{
    // Escapes < > & ' + ` and the line separators that end a JavaScript line; letters of every script stay.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), MaxDepth = 64, SkipValidation = true };

    public static object? Write(ReadOnlySpan<object?> arguments, in HelperScope scope)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(writer, arguments[0], 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > 40) throw new HelperException("the value is more than 40 levels deep. Prepare the value in the data.");
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case DataMap map:
                writer.WriteStartObject();
                foreach (var (key, inner) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, inner, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case DataList list:
                writer.WriteStartArray();
                foreach (var inner in list) Write(writer, inner, depth + 1);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(TemplateValue.Text(value));
                break;
        }
    }
}
