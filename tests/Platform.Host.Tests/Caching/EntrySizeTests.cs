using Platform.Host.Caching;

namespace Platform.Host.Tests.Caching;

/// <summary>What entries are counted with is what they keep alive. Alone: the heap is that of all tests.</summary>
[Collection(nameof(Alone))]
public sealed class EntrySizeTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(6000)]
    public void Bytes_OfTwentyThousandPages_AreWhatTheyKeepAlive(int bodySize)
    {
        const int Count = 20_000;
        // Twice: the first fills the tables of the runtime and of the test.
        Fill(100);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var tier = Fill(Count);
        var alive = GC.GetTotalMemory(forceFullCollection: true) - before - (tier.MaxBytes / 256);
        Assert.Equal(Count, tier.Count);
        Assert.True(Math.Abs(alive - tier.Bytes) < 0.1 * alive, $"{tier.Bytes / Count} bytes a page are counted, {alive / Count} are kept alive; expected a difference below 10 %.");
        GC.KeepAlive(tier);

        MemoryTier Fill(int count)
        {
            var tier = new MemoryTier(512L << 20, _ => true);
            for (var n = 0; n < count; n++)
            {
                var page = Pages.Rich(n, bodySize);
                Assert.NotEmpty(page.HitStatus);
                tier.Store($"one.example\n/a/page/{n}\ndefault", page);
            }

            return tier;
        }
    }
}

/// <summary>Tests that run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
