using Platform.Host.Plugins;

namespace Platform.Host.Tests.Plugins;

/// <summary>A plugin may start what holds threads of the pool, in no call of its own.</summary>
public sealed class HeldThreadsTests
{
    private const int Held = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task ThreadsThatAreHeldOutsideOfCalls_AreMadeUpFor()
    {
        using var watchdog = new PluginWatchdog();
        using var end = new ManualResetEvent(false);
        using var begun = new CountdownEvent(Held);
        var work = Enumerable.Range(0, Held).Select(_ => Task.Run(Hold)).ToArray();
        try
        {
            // The runtime by itself adds one or two a second.
            var all = await Task.Factory.StartNew(() => begun.Wait(Patience), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Assert.True(all, $"{begun.CurrentCount} of {Held} pieces of work had not begun after {Patience.TotalSeconds} s: the others hold the pool's threads, and it got no more.");
        }
        finally
        {
            end.Set();
            await Task.WhenAll(work);
        }

        void Hold()
        {
            begun.Signal();
            end.WaitOne();
        }
    }
}
