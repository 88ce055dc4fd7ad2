using System.Buffers;

namespace Platform.Host.Pipeline;

/// <summary>Bytes of a page being rendered, in rented memory.</summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int length;
    private bool isAbandoned;

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

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

    /// <summary>Leaves the memory to whoever may still write to it: it goes back to nobody.</summary>
    public void Abandon() => isAbandoned = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isAbandoned) return;
        var rented = bytes;
        bytes = [];
        if (rented.Length > 0) ArrayPool<byte>.Shared.Return(rented);
    }

    private void Reserve(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 256);
        if (bytes.Length - length >= wanted) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + wanted));
        bytes.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
