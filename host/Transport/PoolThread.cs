using System.Runtime.CompilerServices;

namespace Platform.Host.Transport;

/// <summary>
/// The way off an event loop. A loop serves many connections: whoever waits on its thread, lets them all wait. So whatever
/// is not a stored page first awaits <see cref="Switch"/>, and again after awaiting the request's body.
/// </summary>
public static class PoolThread
{
    /// <summary>Goes on on a thread of the pool; at once where this is one.</summary>
    public static Awaitable Switch() => default;

    /// <summary>What <see cref="Switch"/> is awaited by.</summary>
    public readonly struct Awaitable : ICriticalNotifyCompletion
    {
        /// <summary>True on a thread of the pool.</summary>
        public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

        /// <summary>This.</summary>
        public Awaitable GetAwaiter() => this;

        /// <summary>Nothing.</summary>
        public void GetResult()
        {
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static action => action(), continuation, preferLocal: false);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);
    }
}
