using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Platform.Host.Caching;

/// <summary>Writes the content of a frame, as <see cref="FrameReader"/> reads it.</summary>
internal sealed class FrameWriter(int capacity)
{
    private readonly ArrayBufferWriter<byte> buffer = new(capacity);

    /// <summary>Bytes as they are.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    /// <summary>A byte.</summary>
    internal void Byte(byte value) => buffer.Write([value]);

    /// <summary>A number.</summary>
    internal void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    /// <summary>How many things follow.</summary>
    internal void Count(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), value);
        buffer.Advance(sizeof(int));
    }

    /// <summary>Bytes, their count in front.</summary>
    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        buffer.Write(bytes);
    }

    /// <summary>A text, the count of its bytes in front.</summary>
    internal void Text(string text)
    {
        Count(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, buffer);
    }

    /// <summary>Texts, their count in front.</summary>
    internal void Texts(IReadOnlyList<string> texts)
    {
        Count(texts.Count);
        foreach (var text in texts) Text(text);
    }

    /// <summary>All of it.</summary>
    internal byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
