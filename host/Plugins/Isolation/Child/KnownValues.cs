using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary>Lists and maps that a plugin hands over again and again, as they stood in a frame: what is handed over never changes. One is kept the second time it is seen.</summary>
internal static class KnownValues
{
    private const int Places = 128;
    private const int LargestBytes = 32 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly Known?[] Kept = new Known?[Places];

    /// <summary>Writes the entries of a page's data, which are frozen.</summary>
    internal static void WriteMap(Utf8JsonWriter json, PageData data)
    {
        json.WriteStartObject();
        foreach (var (key, value) in data)
        {
            json.WritePropertyName(FrameValue.Key(key));
            if (value is DataList or DataMap) Write(json, value);
            else FrameValue.Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        ref var place = ref Kept[RuntimeHelpers.GetHashCode(value) % Places];
        if (place is { } known && ReferenceEquals(known.Value, value))
        {
            known.Bytes ??= Bytes(value);
            if (known.Bytes.Length > 0)
            {
                json.WriteRawValue(known.Bytes, skipInputValidation: true);
                return;
            }
        }
        else
        {
            place = new(value);
        }

        FrameValue.Write(json, value);
    }

    private static byte[] Bytes(object value)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Options)) FrameValue.Write(json, value);
        return bytes.WrittenCount <= LargestBytes ? bytes.WrittenSpan.ToArray() : [];
    }

    private sealed class Known(object value)
    {
        public object Value => value;

        public byte[]? Bytes { get; set; }
    }
}
