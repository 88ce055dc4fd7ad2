using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Plugins;

namespace Platform.Host.Tests.Plugins;

/// <summary>Who waits for a place with a plugin that hangs.</summary>
public sealed class HungMemoryTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly PluginLimits Limits = new() { Timeout = TimeSpan.FromSeconds(1), Concurrency = 2, FailuresUntilOff = 1000, Off = TimeSpan.FromSeconds(1) };

    private readonly Clock clock = new();
    private readonly PluginWatchdog watchdog = new();
    private readonly PluginBoundary boundary;
    private readonly TaskCompletionSource<object?> answer = new();

    public HungMemoryTests() => boundary = new("hangs", Limits, watchdog, clock, NullLogger.Instance);

    public void Dispose()
    {
        answer.TrySetResult(null);
        watchdog.Dispose();
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(90, true)]
    [InlineData(9, false)]
    public async Task ProcessThatHung_IsKnownToOnceItIsBack_HoweverLongItWasLeftAlone(int seconds, bool isAsked)
    {
        await HangAsync();
        boundary.Refusal = static () => "it is left alone";
        for (var second = 0; second < seconds; second++)
        {
            clock.Forward(1000);
            if (isAsked) Assert.Equal(PluginFailureKind.Crashed, (await CallAsync().WaitAsync(Patience, TestContext.Current.CancellationToken)).Failure!.Kind);
        }

        boundary.Refusal = static () => null;
        var (first, other) = (CallAsync(), CallAsync());
        var third = await CallAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(PluginFailureKind.Hung, third.Failure?.Kind);
        Assert.False(first.IsCompleted || other.IsCompleted);
    }

    [Fact]
    public async Task PluginThatAnsweredAgainForLong_IsWaitedForAsAnyOther()
    {
        await HangAsync();
        clock.Forward(11_000);
        var (first, second, third) = (CallAsync(), CallAsync(), CallAsync());
        answer.SetResult(null);
        await Task.WhenAll(first, second, third).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.All([first, second, third], static call => Assert.Null(call.Result.Failure));
    }

    /// <summary>Both places are held until the deadline by calls that then come back, as where their process is ended.</summary>
    private async Task HangAsync()
    {
        var hung = new TaskCompletionSource<object?>();
        var calls = new[] { CallAsync(hung.Task), CallAsync(hung.Task) };
        clock.Forward(1000);
        foreach (var call in calls) Assert.Equal(PluginFailureKind.TimedOut, (await call.WaitAsync(Patience, TestContext.Current.CancellationToken)).Failure!.Kind);
        hung.SetResult(null);
        Assert.True(SpinWait.SpinUntil(() => boundary.IsIdle, Patience), "the places were not given back");
    }

    private Task<PluginOutcome<object>> CallAsync(Task<object?>? work = null) => boundary.CallAsync(CallKind.PageData, _ => new ValueTask<object?>(work ?? answer.Task)).AsTask();

    private sealed class Clock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Volatile.Read(ref now);

        public void Forward(int milliseconds) => Interlocked.Add(ref now, milliseconds);
    }
}
