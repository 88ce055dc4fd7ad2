using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Platform.Host.Transport;

/// <summary>
/// One thread that waits for whatever happens on its sockets and serves it there and then. Descriptors are added, removed
/// and closed by this thread alone, so no event is ever taken for another connection's whose number was used again.
/// </summary>
internal sealed unsafe class EventLoop : IDisposable
{
    /// <summary>How many wait for each other. Enough to save most of the wake-ups; more would hold the first one's answer back.</summary>
    public const int SendersAtOnce = 32;

    private const int EventsAtOnce = 256;
    private const ulong WakeKey = ulong.MaxValue;

    private readonly ConcurrentQueue<(ILoopMember Member, LoopOrder Order)> posted = new();
    private readonly List<ILoopMember?> members = [];
    private readonly Stack<int> free = new();
    private readonly List<Action> senders = new(SendersAtOnce);
    private readonly ILogger logger;
    private readonly Action<Exception> failed;
    private readonly LoopExit exit;
    private readonly Thread thread;
    private readonly int epoll;
    private readonly int wake;
    private bool isOneOfSeveral;
    private uint turn;
    private int isWoken;
    private volatile bool isStopping;
    private volatile bool hasEnded;

    /// <summary>Starts a loop.</summary>
    /// <param name="number">Counts the loops from 0; in the thread's name.</param>
    /// <param name="logger">Where failures go.</param>
    /// <param name="failed">Told when the loop itself has ended by an error; its connections are gone then.</param>
    public EventLoop(int number, ILogger logger, Action<Exception> failed)
    {
        (this.logger, this.failed) = (logger, failed);
        if ((epoll = Libc.CreateEpoll()) < 0) throw LastError("epoll_create1");
        if ((wake = Libc.CreateEvent()) < 0) throw LastError("eventfd");
        if (Libc.Watch(epoll, Libc.EpollAdd, wake, Libc.EpollIn, WakeKey) < 0) throw LastError("epoll_ctl");
        exit = new($"pages-{number}");
        thread = new Thread(Run) { IsBackground = true, Name = $"{ThreadName}{number}" };
        thread.Start();
    }

    /// <summary>How the names of the loops' threads begin.</summary>
    public static string ThreadName => "connections-";

    /// <summary>True on the loop's own thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == thread;

    /// <summary>The error of the system call before, which named it.</summary>
    public static IOException LastError(string call) => new($"{call}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    /// <summary>Lets a member do something on the loop's thread, soon.</summary>
    public void Post(ILoopMember member, LoopOrder order)
    {
        posted.Enqueue((member, order));
        if (hasEnded) CloseRest();
        // The loop looks into the queue before it waits; others must wake it, one for all.
        else if (!IsCurrent && Interlocked.Exchange(ref isWoken, 1) == 0) Wake();
    }

    /// <summary>
    /// While the loop's own thread serves one of several events: takes over what a sender is about to do, until the others have
    /// something to send, too. To wake a peer can cost as much as the page; one that has many connections here is woken once.
    /// </summary>
    /// <param name="send">Must not throw.</param>
    /// <returns>False for everybody else, who goes on.</returns>
    public bool TryGather(Action send)
    {
        if (!IsCurrent || !isOneOfSeveral) return false;
        senders.Add(send);
        return true;
    }

    /// <summary>Watches a member. On the loop's thread only.</summary>
    public void Add(ILoopMember member)
    {
        if (!free.TryPop(out var index))
        {
            index = members.Count;
            members.Add(null);
        }

        member.Key = ((ulong)++turn << 32) | (uint)index;
        if (Libc.Watch(epoll, Libc.EpollAdd, member.Descriptor, member.Interest, member.Key) < 0)
        {
            free.Push(index);
            throw LastError("epoll_ctl");
        }

        members[index] = member;
    }

    /// <summary>Watches other events of a member. On the loop's thread only.</summary>
    public void Change(ILoopMember member, uint events) => _ = Libc.Watch(epoll, Libc.EpollModify, member.Descriptor, events, member.Key);

    /// <summary>Watches a member no longer; nothing where it is not watched. On the loop's thread only.</summary>
    public void Remove(ILoopMember member)
    {
        if (Find(member.Key) != member) return;
        _ = Libc.Watch(epoll, Libc.EpollDelete, member.Descriptor, 0, 0);
        members[(int)(uint)member.Key] = null;
        free.Push((int)(uint)member.Key);
    }

    /// <summary>Ends the loop; what it still serves is closed.</summary>
    public void Dispose()
    {
        isStopping = true;
        Wake();
        if (!IsCurrent) thread.Join(TimeSpan.FromSeconds(5));
    }

    private ILoopMember? Find(ulong key) => (uint)key < (uint)members.Count && members[(int)(uint)key] is { } member && member.Key == key ? member : null;

    private void Run()
    {
        exit.Open();
        try
        {
            var events = (byte*)NativeMemory.Alloc((nuint)(EventsAtOnce * Libc.EventSize));
            while (!isStopping)
            {
                var count = Libc.Wait(epoll, events, EventsAtOnce, posted.IsEmpty ? -1 : 0);
                if (count < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted) throw LastError("epoll_wait");
                ServeAll(events, count);
                // What is posted from here on wakes the loop again; what it posts itself meanwhile waits for the next turn.
                Interlocked.Exchange(ref isWoken, 0);
                for (var left = posted.Count; left > 0 && posted.TryDequeue(out var next); left--) Obey(next.Member, next.Order);
            }

            NativeMemory.Free(events);
        }
        catch (Exception exception)
        {
            failed(exception);
        }

        hasEnded = true;
        CloseRest();
        exit.Close();
        // Both descriptors stay: another thread may just be about to wake the loop. A loop ends with the process.
    }

    /// <summary>Closes what a loop that has ended still holds, and what is handed to it even now.</summary>
    private void CloseRest()
    {
        lock (members)
        {
            foreach (var member in members.ToArray()) if (member is not null) Obey(member, LoopOrder.Close);
            while (posted.TryDequeue(out var next)) Obey(next.Member, LoopOrder.Close);
        }
    }

    private void ServeAll(byte* at, int count)
    {
        for (var left = count; left > 0; left--, at += Libc.EventSize)
        {
            isOneOfSeveral = count > 1;
            Serve(*(ulong*)(at + Libc.EventKey), *(uint*)at);
            isOneOfSeveral = false;
            if (left > 1 && senders.Count < SendersAtOnce) continue;
            foreach (var send in senders) send();
            senders.Clear();
        }
    }

    private void Serve(ulong key, uint events)
    {
        if (key == WakeKey)
        {
            Libc.Await(wake);
            return;
        }

        // Null where it was closed by an event just before this one.
        if (Find(key) is not { } member) return;
        try
        {
            member.Serve(events);
        }
        catch (Exception exception)
        {
            Fail(member, exception);
        }
    }

    private void Obey(ILoopMember member, LoopOrder order)
    {
        try
        {
            member.Obey(order);
        }
        catch (Exception exception)
        {
            Fail(member, exception);
        }
    }

    private void Fail(ILoopMember member, Exception exception)
    {
        logger.LogError(exception, "a connection failed in the transport; it is closed, the others go on");
        try
        {
            member.Fail(exception);
        }
        catch (Exception second)
        {
            logger.LogError(second, "a connection that failed could not be closed");
        }
    }

    private void Wake() => Libc.Signal(wake);
}
