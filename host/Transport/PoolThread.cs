using System.Runtime.CompilerServices;

namespace Platform.Host.Transport;

/// <summary>The way from a loop's thread to the pool.</summary>
public static class PoolThread
{
    /// <summary>Goes on on a pool thread; at once where the caller is on one.</summary>
    public static Hop Switch() => default;

    /// <summary>What <see cref="Switch"/> awaits.</summary>
    public readonly struct Hop : ICriticalNotifyCompletion
    {
        /// <summary>True on a pool thread.</summary>
        public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

        /// <summary>This.</summary>
        public Hop GetAwaiter() => this;

        /// <summary>Nothing comes of it.</summary>
        public void GetResult()
        {
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static go => go(), continuation, preferLocal: false);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static go => go(), continuation, preferLocal: false);
    }
}
