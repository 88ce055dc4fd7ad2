using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.Host.Transport;

namespace Platform.Host.Tests.Transport;

/// <summary>Who does what leaves an event loop.</summary>
public sealed class LoopExitTests
{
    private const string Name = "beside a loop";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task WhatComesAlone_IsDoneByTheThreadBesideTheLoop_EachTime()
    {
        await OnALoop(async leave =>
        {
            var first = await leave(static () => Thread.CurrentThread);
            Assert.Equal(Name, first.Name);
            Assert.False(first.IsThreadPoolThread);
            for (var n = 0; n < 50; n++)
            {
                // It may still be about to look for more: then the pool does it.
                var next = await leave(static () => Thread.CurrentThread);
                Assert.True(next == first || next.IsThreadPoolThread, "a second thread was started beside a loop whose first one was free");
            }
        });
    }

    [Fact]
    public async Task WhileItWaits_TheRestIsDoneByOthers_AndSoonByOneInItsPlace()
    {
        using var end = new ManualResetEventSlim();
        await OnALoop(async leave =>
        {
            var waits = new TaskCompletionSource<Thread>(TaskCreationOptions.RunContinuationsAsynchronously);
            var blocked = leave(() =>
            {
                waits.SetResult(Thread.CurrentThread);
                end.Wait();
                return Thread.CurrentThread;
            });
            var first = await waits.Task.InTime();
            Assert.Equal(Name, first.Name);
            var (second, since) = (first, Stopwatch.StartNew());
            do second = await leave(static () => Thread.CurrentThread);
            while (second.IsThreadPoolThread && since.Elapsed < Patience);
            Assert.False(second.IsThreadPoolThread, "no thread has taken the place of one that waits");
            Assert.NotEqual(first, second);
            Assert.Equal(Name, second.Name);

            end.Set();
            await blocked;
            Assert.True(first.Join(Patience), "the thread whose place was taken did not end when it came back");
        });
    }

    [Fact]
    public async Task Thread_EndsWithItsLoop_AndWhatAPluginChangedOfItIsSetBack()
    {
        Thread? beside = null;
        await OnALoop(async leave =>
        {
            beside = await leave(static () =>
            {
                Thread.CurrentThread.IsBackground = false;
                return Thread.CurrentThread;
            });
            SpinWait.SpinUntil(() => beside.IsBackground, Patience);
            Assert.True(beside.IsBackground, "the process would wait for a thread beside a loop");
        });
        Assert.True(beside!.Join(Patience), "the thread beside a loop did not end with it");
    }

    /// <summary>Plays a loop: what a test leaves is left on one thread, which waits for the next.</summary>
    private static async Task OnALoop(Func<Func<Func<Thread>, Task<Thread>>, Task> test)
    {
        using var left = new BlockingCollection<Action>();
        var loop = new Thread(() =>
        {
            var exit = new LoopExit(Name);
            exit.Open();
            foreach (var work in left.GetConsumingEnumerable()) LoopExit.Leave(work);
            exit.Close();
        }) { IsBackground = true };
        loop.Start();
        try
        {
            await test(work =>
            {
                var done = new TaskCompletionSource<Thread>(TaskCreationOptions.RunContinuationsAsynchronously);
                left.Add(() => done.SetResult(work()));
                return done.Task.InTime();
            });
        }
        finally
        {
            left.CompleteAdding();
            loop.Join();
        }
    }
}
