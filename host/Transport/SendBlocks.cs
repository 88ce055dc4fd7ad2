using System.Buffers;
using System.Runtime.InteropServices;

namespace Platform.Host.Transport;

/// <summary>
/// Memory for what is sent. A block takes most pages whole, with their headers, so that one call sends them from one piece. The
/// block that was used last is used next: it is in the processor's cache.
/// </summary>
internal sealed class SendBlocks : MemoryPool<byte>
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockSize = 16 * 1024;

    /// <summary>Blocks that are kept while nobody uses them, 4 MB; more of them are left to the garbage collector.</summary>
    public const int MostIdle = 256;

    private readonly Lock turn = new();
    private readonly Stack<Block> idle = new();

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        lock (turn)
        {
            if (idle.TryPop(out var block)) return block;
        }

        return new Block(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (turn) idle.Clear();
    }

    private void Return(Block block)
    {
        lock (turn)
        {
            if (idle.Count < MostIdle) idle.Push(block);
        }
    }

    /// <summary>Its array never moves, so that to pin it costs nothing.</summary>
    private sealed class Block(SendBlocks blocks) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true), 0, BlockSize);

        public void Dispose() => blocks.Return(this);
    }
}
