using System.Collections.Concurrent;
using Platform.Host.Caching;

namespace Platform.Host.Tests.Caching;

/// <summary>The pages in memory: never more bytes than allowed, and the right ones.</summary>
public sealed class MemoryTierTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task Bytes_UnderEightWriters_NeverExceedTheLimit()
    {
        var tier = Tier(4 * Megabyte);
        using var stop = new CancellationTokenSource();
        var highest = Task.Run(() =>
        {
            var most = 0L;
            while (!stop.IsCancellationRequested) most = Math.Max(most, tier.Bytes);
            return most;
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 2000; i++)
            {
                var page = i % 50 == 0 ? Pages.Of(new string('a', 1000 + i)) : Pages.Rich(i, random.Next(100) == 0 ? 900_000 : random.Next(5000));
                tier.Store($"{random.Next(3000)}", page);
                tier.Find($"{random.Next(3000)}");
                if (i % 50 == 0) page.Compress();
                if (i % 500 == 0) tier.Sweep();
            }
        })));
        await stop.CancelAsync();

        Assert.InRange(await highest, Megabyte, 4 * Megabyte);
        // What is counted is what is there: neither was lost or counted twice on the way.
        var there = tier.Entries().ToList();
        Assert.Equal(there.Count, tier.Count);
        Assert.Equal(there.Sum(item => item.Entry.Size + EntrySize.OfPlace(item.Key)), tier.Bytes);
    }

    [Fact]
    public void HotSet_WhileAMillionOthersPass_StaysInMemory()
    {
        var tier = Tier(4 * Megabyte);
        var hot = Enumerable.Range(0, 500).Select(n => $"one.example\n/hot/{n}\ndefault").ToArray();
        var random = new Random(1);
        var (asked, hits) = (0, 0);
        var page = new byte[2000];
        for (var n = 0; n < 1_000_000; n++)
        {
            tier.Store($"one.example\n/flood?{n}\ndefault", Flood());
            if (n % 4 != 0) continue;
            var key = hot[random.Next(hot.Length)];
            asked++;
            if (tier.Find(key) is not null) hits++;
            else tier.Store(key, Pages.Of(page, TimeSpan.FromHours(1)));
        }

        Assert.True(hits >= 0.95 * asked, $"{hits} hits of {asked}; expected 95 %.");
        Assert.InRange(tier.Bytes, 1, tier.MaxBytes);

        // Small, so that the test is about order and not about copying.
        static StoredEntry Flood() => new PageVariants(KeyParts.None);
    }

    [Fact]
    public void Newcomers_AskedForOnce_DoNotDisplaceWhatWasAskedForTwice()
    {
        var tier = Tier(Megabyte);
        for (var n = 0; n < 200; n++)
        {
            tier.Store($"kept {n}", Pages.Of(new byte[2000], TimeSpan.FromHours(1)));
            Assert.NotNull(tier.Find($"kept {n}"));
        }

        for (var n = 0; n < 5000; n++) tier.Store($"once {n}", Pages.Of(new byte[2000], TimeSpan.FromHours(1)));
        Assert.All(Enumerable.Range(0, 200), n => Assert.NotNull(tier.Find($"kept {n}")));
    }

    [Fact]
    public void Find_AllocatesNothing()
    {
        var tier = Tier(Megabyte);
        tier.Store("one.example\n/page\ndefault", Pages.Of("text"));
        Assert.Equal(0, Allocations.Of(() =>
        {
            Span<char> key = stackalloc char[64];
            for (var turn = 0; turn < 1000; turn++)
            {
                "one.example\n/page\ndefault".CopyTo(key);
                Assert.True(tier.Find(key[..25]) is not null);
                Assert.True(tier.Find(key[..24]) is null);
            }
        }));
    }

    [Fact]
    public void Store_UnderAKeyThatIsTaken_CountsTheNewEntryOnly()
    {
        var tier = Tier(Megabyte);
        tier.Store("key", Pages.Of(new byte[50_000], TimeSpan.FromHours(1)));
        var small = Pages.Of(new byte[1000], TimeSpan.FromHours(1));
        tier.Store("key", small);
        Assert.Equal((1, small.Size + EntrySize.OfPlace("key")), (tier.Count, tier.Bytes));
        Assert.Same(small, tier.Find("key"));
    }

    [Fact]
    public void Compress_OfAPageInMemory_CountsItsForms()
    {
        var tier = Tier(Megabyte);
        var page = Pages.Of(string.Concat(Enumerable.Range(0, 1000).Select(n => $"line {n}\n")));
        tier.Store("key", page);
        var before = tier.Bytes;
        page.Compress();
        Assert.True(tier.Bytes >= before + page.Brotli!.Bytes.Length + page.Gzip!.Bytes.Length, $"{before} bytes became {tier.Bytes}.");
        Assert.Equal(page.Size + EntrySize.OfPlace("key"), tier.Bytes);
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(600_000, true)]
    [InlineData(1_100_000, false)]
    public void Store_OfALargeEntry_TakesItWhereItFitsTheWhole(int size, bool fits)
    {
        var tier = Tier(Megabyte);
        for (var n = 0; n < 1000; n++) tier.Store($"{n}", Pages.Of(new byte[2000], TimeSpan.FromHours(1)));
        tier.Store("large", Pages.Of("what lies there"));
        Assert.Equal(fits, tier.Store("large", Pages.Of(new byte[size], TimeSpan.FromHours(1))));
        Assert.Equal(fits, tier.Find("large") is not null);
        Assert.InRange(tier.Bytes, 1, Megabyte);
    }

    [Fact]
    public void Sweep_LetsGoOfWhatIsNoLongerGood()
    {
        var bad = new ConcurrentDictionary<StoredEntry, bool>();
        var tier = new MemoryTier(16 * Megabyte, entry => !bad.ContainsKey(entry));
        for (var n = 0; n < 8000; n++)
        {
            var page = Pages.Of("text");
            if (n % 2 == 0) bad[page] = true;
            tier.Store($"{n}", page);
        }

        for (var turn = 0; turn < 3; turn++) tier.Sweep();
        Assert.Equal(4000, tier.Count);
        Assert.All(Enumerable.Range(0, 8000), n => Assert.Equal(n % 2 != 0, tier.Find($"{n}") is not null));
    }

    private static MemoryTier Tier(long maxBytes) => new(maxBytes, _ => true);
}
