using System.Buffers;
using System.Text.Json;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>A frame that has come. Whoever has read it lets go of it.</summary>
public sealed class ReceivedFrame : IDisposable
{
    private readonly int length;
    private byte[]? bytes;

    /// <summary>A copy of what stands in the connection's buffer.</summary>
    public ReceivedFrame(FrameHead head, ReadOnlySpan<byte> frame)
    {
        (Head, length) = (head, frame.Length);
        bytes = ArrayPool<byte>.Shared.Rent(length);
        frame.CopyTo(bytes);
    }

    /// <summary>What it is.</summary>
    public FrameHead Head { get; }

    /// <summary>The JSON.</summary>
    public ReadOnlySpan<byte> Json => bytes.AsSpan(0, length);

    /// <summary>A reader that stands at the first member.</summary>
    public Utf8JsonReader Reader()
    {
        var reader = FrameHead.Reader(Json);
        reader.Read();
        return reader;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref bytes, null) is { } rented) ArrayPool<byte>.Shared.Return(rented);
    }
}
