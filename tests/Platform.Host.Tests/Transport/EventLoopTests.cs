using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Transport;

namespace Platform.Host.Tests.Transport;

/// <summary>The loop itself, with members that misbehave.</summary>
public sealed class EventLoopTests
{
    [Fact]
    public async Task Member_ThatThrows_IsToldToFail_AndTheLoopGoesOn()
    {
        using var loop = new EventLoop(0, NullLogger.Instance, exception => Assert.Fail(exception.Message));
        var (bad, good) = (new Member(loop, throws: true), new Member(loop, throws: false));
        loop.Post(bad, LoopOrder.Resume);
        Assert.Equal("on purpose", (await bad.Failed.Task.InTime()).Message);
        loop.Post(good, LoopOrder.Resume);
        Assert.Equal(LoopOrder.Resume, await good.Obeyed.Task.InTime());
    }

    [Fact]
    public async Task Loop_ThatIsDisposed_ClosesWhatItIsHandedEvenThen()
    {
        var loop = new EventLoop(0, NullLogger.Instance, exception => Assert.Fail(exception.Message));
        loop.Dispose();
        var late = new Member(loop, throws: false);
        loop.Post(late, LoopOrder.Begin);
        Assert.Equal(LoopOrder.Close, await late.Obeyed.Task.InTime());
    }

    private sealed class Member(EventLoop loop, bool throws) : ILoopMember
    {
        internal TaskCompletionSource<LoopOrder> Obeyed { get; } = new();

        internal TaskCompletionSource<Exception> Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Descriptor => -1;

        public uint Interest => 0;

        public ulong Key { get; set; }

        public void Serve(uint events) => throw new NotSupportedException();

        public void Obey(LoopOrder order)
        {
            if (throws) throw new InvalidOperationException("on purpose");
            loop.Remove(this);
            Obeyed.TrySetResult(order);
        }

        public void Fail(Exception exception) => Failed.TrySetResult(exception);
    }
}

/// <summary>The shared pool, for a transport without a server.</summary>
internal sealed class Pools : IMemoryPoolFactory<byte>, IDisposable
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => MemoryPool<byte>.Shared;

    public void Dispose()
    {
    }
}

/// <summary>A process that is never stopped.</summary>
internal sealed class Lifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => default;

    public CancellationToken ApplicationStopping => default;

    public CancellationToken ApplicationStopped => default;

    public void StopApplication() => Assert.Fail("The transport stops the process.");
}
