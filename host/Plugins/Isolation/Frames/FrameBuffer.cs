using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>One frame on its way out: four bytes of length, then JSON. Each thread keeps one, so a frame costs no memory of its own.</summary>
public sealed class FrameBuffer : IBufferWriter<byte>
{
    private const int Prefix = 4;
    private const int KeptBytes = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static FrameBuffer? kept;

    private byte[] bytes = new byte[8192];
    private int length = Prefix;

    private FrameBuffer() => Json = new(this, Options);

    /// <summary>Writes the JSON.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Begins a frame with its type.</summary>
    public static FrameBuffer Begin(JsonEncodedText type)
    {
        var buffer = kept ?? new();
        kept = null;
        buffer.length = Prefix;
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
        BinaryPrimitives.WriteInt32BigEndian(bytes, length - Prefix);
        return bytes.AsSpan(0, length);
    }

    /// <summary>Lets the thread use it again.</summary>
    public void Release()
    {
        if (bytes.Length <= KeptBytes) kept = this;
    }

    /// <inheritdoc/>
    public void Advance(int count) => length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsMemory(length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsSpan(length);
    }

    private void Reserve(int count)
    {
        var needed = length + Math.Max(count, 256);
        if (needed > bytes.Length) Array.Resize(ref bytes, Math.Max(needed, bytes.Length * 2));
    }
}
