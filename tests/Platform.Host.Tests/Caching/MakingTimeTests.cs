using Platform.Host.Caching;

namespace Platform.Host.Tests.Caching;

/// <summary>How long a page is expected to take: so long may it be waited for where another server makes it.</summary>
public class MakingTimeTests
{
    private readonly Clock clock = new();
    private readonly MakingTime making;

    public MakingTimeTests() => making = new(clock);

    [Fact]
    public void Now_FollowsWhatPagesTook_WithinBounds()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(500), making.Now);
        Make(100, milliseconds: 100);
        Assert.Equal(200, making.Now.TotalMilliseconds, 1.0);
        Make(100, milliseconds: 1);
        Assert.Equal(20, making.Now.TotalMilliseconds);
        Make(100, milliseconds: 30_000);
        Assert.Equal(2000, making.Now.TotalMilliseconds);
    }

    [Fact]
    public void Now_WhereMakingsTakeLongerThanUsual_IsTwiceWhatTheOldestHasTakenTillNow()
    {
        Make(100, milliseconds: 100);
        var slow = making.Begin();
        clock.Forward(40);
        Assert.Equal(200, making.Now.TotalMilliseconds, 1.0);
        making.Begin();
        clock.Forward(260);
        Assert.Equal(600, making.Now.TotalMilliseconds);
        making.End(slow);
        Assert.Equal(520, making.Now.TotalMilliseconds);
    }

    [Fact]
    public void Now_WhereAMakingHangs_IsWhatOthersTake()
    {
        Make(100, milliseconds: 100);
        making.Begin();
        clock.Forward(1500);
        Assert.Equal(2000, making.Now.TotalMilliseconds);
        clock.Forward(500);
        Assert.Equal(200, making.Now.TotalMilliseconds, 1.0);
    }

    private void Make(int times, int milliseconds)
    {
        for (var turn = 0; turn < times; turn++)
        {
            var one = making.Begin();
            clock.Forward(milliseconds);
            making.End(one);
        }
    }

    private sealed class Clock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => now;

        public void Forward(int milliseconds) => now += milliseconds;
    }
}
