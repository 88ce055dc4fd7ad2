using System.Runtime.CompilerServices;

namespace Platform.Host.Transport;

/// <summary>
/// The way off an event loop. A loop serves many connections: whoever waits on its thread, lets them all wait. So whatever
/// is not a stored page first awaits <see cref="Switch"/>, and again after awaiting the request's body. It then runs on the
/// <see cref="SideThread"/> or on the runtime's pool; both may wait.
/// </summary>
public static class PoolThread
{
    /// <summary>True while this thread is to look for <see cref="next"/> before it turns to others' work.</summary>
    [ThreadStatic]
    private static bool looksForNext;

    [ThreadStatic]
    private static IThreadPoolWorkItem? next;

    /// <summary>True on a thread that may wait.</summary>
    public static bool IsCurrent => Thread.CurrentThread.IsThreadPoolThread || SideThread.IsCurrent;

    /// <summary>Goes on on a thread that may wait; at once where this is one.</summary>
    public static Awaitable Switch() => default;

    /// <summary>
    /// Has something done on the pool: on this thread as soon as what it does now waits or ends, where this came from a loop, else on
    /// any. Waking a second thread would cost more than most calls of a plugin, and the first would only go to sleep.
    /// </summary>
    internal static void Queue(IThreadPoolWorkItem item)
    {
        if (looksForNext && next is null) next = item;
        else ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
    }

    /// <summary>Does what came from a loop, and what that has queued. A plugin's code may wait for what it has queued itself: that goes to other threads.</summary>
    internal static void Run(Action first)
    {
        looksForNext = true;
        first();
        looksForNext = false;
        if (next is not { } item) return;
        next = null;
        item.Execute();
    }

    /// <summary>What <see cref="Switch"/> is awaited by.</summary>
    public readonly struct Awaitable : ICriticalNotifyCompletion
    {
        /// <summary>True on a thread that may wait.</summary>
        public bool IsCompleted => IsCurrent;

        /// <summary>This.</summary>
        public Awaitable GetAwaiter() => this;

        /// <summary>Nothing.</summary>
        public void GetResult()
        {
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(Run, continuation, preferLocal: false);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => LoopExit.Leave(continuation);
    }
}
