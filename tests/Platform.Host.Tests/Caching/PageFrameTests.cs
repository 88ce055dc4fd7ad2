using Platform.Host.Caching;
using Platform.Host.Security;

namespace Platform.Host.Tests.Caching;

/// <summary>Values of Redis: what was written comes back whole, anything else is nothing.</summary>
public sealed class PageFrameTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_060_000);

    private readonly PageFrame frame = new(new Signer(new byte[32]));

    [Fact]
    public void Page_WrittenAndRead_IsTheSame()
    {
        var page = Pages.Rich(0, 5000);
        var read = frame.Read("name", frame.Write("name", page, 42), Now)!.Value;
        Assert.Equal(42, read.Number);
        var other = Assert.IsType<CachedPage>(read.Entry);
        Assert.Equal(page.Body, other.Body);
        Assert.Equal((page.ContentType, page.CacheControl, page.Vary, page.Key, page.Stamp, page.Fingerprint), (other.ContentType, other.CacheControl, other.Vary, other.Key, other.Stamp, other.Fingerprint));
        Assert.Equal((page.Made, page.Life), (other.Made, other.Life));
        Assert.Equal(page.Headers, other.Headers);
        Assert.Equal(page.Tags, other.Tags);
        Assert.Equal(page.Dependencies, other.Dependencies);
        Assert.InRange(other.SecondsLeft, 538, 540);
    }

    [Fact]
    public void Variants_WrittenAndRead_AreTheSame()
    {
        var parts = new KeyParts(true, false, ["page", "tag"], ["X-Device"], ["lang"]);
        var read = frame.Read("name", frame.Write("name", new PageVariants(parts), 7), Now)!.Value;
        Assert.Equal((parts, 7), (Assert.IsType<PageVariants>(read.Entry).Parts, read.Number));
    }

    [Fact]
    public void Frame_OfAServerWhoseClockIsAhead_IsGoodForNoLongerThanItsLife()
    {
        var read = frame.Read("name", frame.Write("name", Pages.Rich(0, 10), 1), Now - TimeSpan.FromDays(1))!.Value;
        Assert.InRange(((CachedPage)read.Entry).SecondsLeft, 598, 600);
    }

    [Fact]
    public void Frame_OfAnotherNameOrKey_IsNone()
    {
        var bytes = frame.Write("name", Pages.Of("text"), 1);
        Assert.NotNull(frame.Read("name", bytes, Now));
        Assert.Null(frame.Read("other", bytes, Now));
        Assert.Null(new PageFrame(new Signer([.. Enumerable.Repeat((byte)1, 32)])).Read("name", bytes, Now));
    }

    [Fact]
    public void Frame_WithBitsFlippedOrCut_IsNone()
    {
        var random = new Random(5);
        byte[][] good = [frame.Write("name", Pages.Rich(1, 2000), 3), frame.Write("name", new PageVariants(new(true, false, ["a"], ["b"], ["c"])), 3)];
        for (var turn = 0; turn < 10_000; turn++)
        {
            var own = good[turn % 2];
            byte[] bad;
            switch (turn % 5)
            {
                case 0:
                    bad = own[..random.Next(own.Length)];
                    break;
                case 1:
                    bad = [.. own, (byte)random.Next(256)];
                    break;
                default:
                    bad = [.. own];
                    bad[random.Next(turn % 5 == 2 ? 40 : own.Length)] ^= (byte)(1 << random.Next(8));
                    break;
            }

            Assert.Null(frame.Read("name", bad, Now));
        }
    }

    [Fact]
    public void Reader_OfAnyBytes_NeverThrows()
    {
        // Behind the signature too: what a server of another version may have signed.
        var signer = new Signer(new byte[32]);
        var random = new Random(6);
        var good = frame.Write("name", Pages.Rich(1, 200), 3);
        for (var turn = 0; turn < 10_000; turn++)
        {
            byte[] odd = [.. good[..(36 + random.Next(good.Length - 36))]];
            if (turn % 2 == 0) odd = [.. good];
            for (var flips = random.Next(1, 4); flips > 0 && odd.Length > 36; flips--) odd[random.Next(36, odd.Length)] = (byte)random.Next(256);
            signer.Sign("pagename", odd.AsSpan(36), odd.AsSpan(4, 32));
            frame.Read("name", odd, Now);
        }
    }
}
