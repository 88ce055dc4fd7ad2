using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>The JSON of one frame on its way out. Each thread keeps one, so a frame costs no memory of its own.</summary>
public sealed class FrameBuffer
{
    private const int KeptBytes = 256 * 1024;

    /// <summary>Escapes what JSON must.</summary>
    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions Options = new() { Encoder = Encoder, SkipValidation = true };

    [ThreadStatic]
    private static FrameBuffer? kept;

    private readonly ArrayBufferWriter<byte> bytes = new(8192);

    private FrameBuffer() => Json = new(bytes, Options);

    /// <summary>Writes the JSON.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Begins a frame with its type.</summary>
    public static FrameBuffer Begin(JsonEncodedText type)
    {
        var buffer = kept ?? new();
        kept = null;
        buffer.bytes.ResetWrittenCount();
        buffer.Json.Reset();
        buffer.Json.WriteStartObject();
        buffer.Json.WriteString("type"u8, type);
        return buffer;
    }

    /// <summary>Begins a frame with its type and id.</summary>
    public static FrameBuffer Begin(JsonEncodedText type, long id)
    {
        var buffer = Begin(type);
        buffer.Json.WriteNumber("id"u8, id);
        return buffer;
    }

    /// <summary>The whole frame, ended.</summary>
    public ReadOnlySpan<byte> End()
    {
        Json.WriteEndObject();
        Json.Flush();
        return bytes.WrittenSpan;
    }

    /// <summary>Lets the thread use it again.</summary>
    public void Release()
    {
        if (bytes.Capacity <= KeptBytes) kept = this;
    }
}
