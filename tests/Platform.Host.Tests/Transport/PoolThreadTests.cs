using Platform.Host.Transport;

namespace Platform.Host.Tests.Transport;

/// <summary>What a request off an event loop has done on the pool.</summary>
public sealed class PoolThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task WhatARequestQueues_IsDoneByTheSameThread_OnceTheRequestWaits()
    {
        var (request, item, isUnwound) = (0, new TaskCompletionSource<(int Thread, bool WasLater)>(), false);
        await OffALoop(() =>
        {
            request = Environment.CurrentManagedThreadId;
            PoolThread.Queue(new Item(() => item.SetResult((Environment.CurrentManagedThreadId, isUnwound))));
            isUnwound = true;
        });

        var (thread, wasLater) = await item.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(wasLater, "what was queued was done within the request, which was not through yet");
        Assert.True(thread == request, "a second thread was woken for what the first had nothing else to do but");
    }

    [Fact]
    public async Task WhatIsQueuedSecond_NeedNotWaitForTheFirst()
    {
        using var second = new ManualResetEventSlim();
        var first = new TaskCompletionSource<bool>();
        await OffALoop(() =>
        {
            PoolThread.Queue(new Item(() => first.SetResult(second.Wait(Patience))));
            PoolThread.Queue(new Item(second.Set));
        });

        Assert.True(await first.Task.WaitAsync(Patience * 2, TestContext.Current.CancellationToken), "the second of two calls of a page waited for the first");
    }

    [Fact]
    public async Task WhatAPluginQueuesAndWaitsFor_IsDoneByAnotherThread()
    {
        var nested = new TaskCompletionSource<bool>();
        await OffALoop(() => PoolThread.Queue(new Item(() =>
        {
            using var inner = new ManualResetEventSlim();
            PoolThread.Queue(new Item(inner.Set));
            nested.SetResult(inner.Wait(Patience));
        })));

        Assert.True(await nested.Task.WaitAsync(Patience * 2, TestContext.Current.CancellationToken), "what a plugin waits for was left to the thread on which it waits");
    }

    /// <summary>Runs something as the part of a request that has left its loop, up to where it waits.</summary>
    private static Task OffALoop(Action request)
    {
        var done = new TaskCompletionSource();
        new Thread(() => _ = Off()) { IsBackground = true }.Start();
        return done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        async Task Off()
        {
            await PoolThread.Switch();
            request();
            done.SetResult();
        }
    }

    private sealed class Item(Action execute) : IThreadPoolWorkItem
    {
        public void Execute() => execute();
    }
}
