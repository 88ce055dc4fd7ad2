using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Platform.Templating.Helpers;

/// <summary><c>&lt;script&gt;const items = {{{json items}}};&lt;/script&gt;</c>: no text in it can end the script.</summary>
internal static class Json
{
    private const int MaxDepth = 40;
    private const int MaxValues = 100_000;

    // Escapes < > & ' + ` and the line separators that end a JavaScript line; letters of every script stay.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), MaxDepth = 64, SkipValidation = true };

    public static Helper Helper { get; } = new("json", (in call) => Write(call.Arguments[0]), 1, 1, "(json value)");

    private static string Write(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var left = MaxValues;
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(writer, value, 0, ref left);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth, ref int left)
    {
        if (depth > MaxDepth) throw new HelperException($"the value is more than {MaxDepth} levels deep. Prepare the value in the data.");
        if (--left < 0) throw new HelperException($"the value holds more than {MaxValues:N0} values. Prepare the value in the data.");
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
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double:
                writer.WriteNullValue();
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (key, inner) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, inner, depth + 1, ref left);
                }

                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                for (var i = 0; i < list.Count; i++) Write(writer, list[i], depth + 1, ref left);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(TemplateValue.Text(value));
                break;
        }
    }
}
