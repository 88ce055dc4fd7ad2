using System.Buffers;
using System.Threading.Channels;
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

    [Fact]
    public async Task Senders_OfOneTurn_GoOnTogether_UpToALimit()
    {
        using var loop = new EventLoop(0, NullLogger.Instance, exception => Assert.Fail(exception.Message));
        var served = new Served();
        var senders = Enumerable.Range(0, EventLoop.SendersAtOnce + 4).Select(_ => new Sender(loop, served)).ToArray();
        foreach (var sender in senders) loop.Post(sender, LoopOrder.Begin);
        // The loop stands still until something has happened on all of them.
        using var blocker = new Blocker();
        loop.Post(blocker, LoopOrder.Resume);
        await blocker.Entered.Task.InTime();
        foreach (var sender in senders) sender.Happen();
        blocker.Release();

        var seen = new List<(bool IsAtOnce, int Served)>();
        foreach (var sender in senders) seen.Add(await sender.SentAsync());
        Assert.DoesNotContain(seen, one => one.IsAtOnce);
        Assert.Equal(EventLoop.SendersAtOnce, seen.Count(one => one.Served == EventLoop.SendersAtOnce));
        Assert.Equal(4, seen.Count(one => one.Served == senders.Length));
    }

    [Fact]
    public async Task Sender_AloneInItsTurn_OrOnAnotherThread_GoesOnAtOnce()
    {
        using var loop = new EventLoop(0, NullLogger.Instance, exception => Assert.Fail(exception.Message));
        var sender = new Sender(loop, new());
        loop.Post(sender, LoopOrder.Begin);
        // The first time its turn may also be that of the order.
        sender.Happen();
        await sender.SentAsync();
        sender.Happen();
        Assert.True((await sender.SentAsync()).IsAtOnce, "A sender that is alone in its turn waits.");
        Assert.False(loop.TryGather(() => { }), "A sender that is not on the loop's thread waits.");
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

/// <summary>How many events a loop has served.</summary>
internal sealed class Served
{
    internal int Count { get; set; }
}

/// <summary>Has something to send whenever something happens, and tells when it was sent.</summary>
internal sealed class Sender(EventLoop loop, Served served) : ILoopMember
{
    private readonly Channel<(bool IsAtOnce, int Served)> sent = Channel.CreateUnbounded<(bool, int)>();
    public int Descriptor { get; } = Libc.CreateEvent();

    public uint Interest => Libc.EpollIn | Libc.EpollEdge;

    public ulong Key { get; set; }

    public void Serve(uint events)
    {
        served.Count++;
        if (!loop.TryGather(() => Send(isAtOnce: false))) Send(isAtOnce: true);
    }

    public void Obey(LoopOrder order)
    {
        if (order == LoopOrder.Begin) loop.Add(this);
        else _ = Libc.Close(Descriptor);
    }

    public void Fail(Exception exception) => sent.Writer.TryComplete(exception);

    /// <summary>Ends when it has gone on: whether it did so without waiting, and how many events were served by then.</summary>
    internal Task<(bool IsAtOnce, int Served)> SentAsync() => sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    internal void Happen() => Libc.Signal(Descriptor);

    private void Send(bool isAtOnce) => sent.Writer.TryWrite((isAtOnce, served.Count));
}

/// <summary>Holds a loop up.</summary>
internal sealed class Blocker : ILoopMember, IDisposable
{
    private readonly ManualResetEventSlim released = new();

    internal TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Descriptor => -1;

    public uint Interest => 0;

    public ulong Key { get; set; }

    public void Serve(uint events) => throw new NotSupportedException();

    public void Obey(LoopOrder order)
    {
        Entered.TrySetResult();
        released.Wait();
    }

    public void Fail(Exception exception) => throw exception;

    public void Dispose() => released.Dispose();

    internal void Release() => released.Set();
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
