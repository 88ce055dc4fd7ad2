using System.Buffers;
using Platform.Host.Transport;

namespace Platform.Host.Tests.Transport;

/// <summary>The memory for what is sent.</summary>
public sealed class SendBlocksTests
{
    [Fact]
    public void Block_ThatWasUsedLast_IsUsedNext()
    {
        using var blocks = new SendBlocks();
        var (first, second) = (blocks.Rent(), blocks.Rent(SendBlocks.BlockSize));
        Assert.Equal(SendBlocks.BlockSize, first.Memory.Length);
        Assert.NotSame(first, second);
        second.Dispose();
        first.Dispose();
        Assert.Same(first, blocks.Rent());
        Assert.Same(second, blocks.Rent());
        Assert.Throws<ArgumentOutOfRangeException>(() => blocks.Rent(SendBlocks.BlockSize + 1));
    }

    [Fact]
    public void IdleBlocks_AreKeptUpToALimit()
    {
        using var blocks = new SendBlocks();
        var many = Enumerable.Range(0, SendBlocks.MostIdle + 10).Select(_ => blocks.Rent()).ToHashSet();
        foreach (var block in many) block.Dispose();
        Assert.Equal(SendBlocks.MostIdle, Enumerable.Range(0, many.Count).Count(_ => many.Contains(blocks.Rent())));
    }
}
