using System.Collections.Concurrent;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>
/// The thread from which children are started, and looked at four times a second. It lives as long as the server: the system
/// ends a child with the thread that started it, so a server that is killed leaves none.
/// </summary>
public sealed class ChildStarter
{
    private const int LookMs = 250;
    private const int ReapAfterMs = 1000;

    private readonly BlockingCollection<Action> work = [];
    private readonly List<Action> looks = [];

    private ChildStarter() => new Thread(Run) { IsBackground = true, Name = "plugin children" }.Start();

    /// <summary>The one of this process.</summary>
    public static ChildStarter Instance => field ??= new();

    /// <summary>Runs something on the thread.</summary>
    internal Task<T> RunAsync<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>Looks four times a second from now on, until what is returned is disposed.</summary>
    internal IDisposable Watch(Action look)
    {
        lock (looks) looks.Add(look);
        return new Watching(() =>
        {
            lock (looks) looks.Remove(look);
        });
    }

    /// <summary>Sees that a process that is ended leaves the system's table, a second after its end: by then nobody looks at it in /proc.</summary>
    internal void Reap(Spawned process)
    {
        var (looks, watching) = (0, (IDisposable?)null);
        watching = Watch(() =>
        {
            if (process.Exit() is null || ++looks * LookMs <= ReapAfterMs) return;
            watching?.Dispose();
            new Thread(process.Reap, 64 * 1024) { IsBackground = true, Name = "plugin reaper" }.Start();
        });
    }

    private void Run()
    {
        var next = Environment.TickCount64 + LookMs;
        while (true)
        {
            if (work.TryTake(out var start, (int)Math.Clamp(next - Environment.TickCount64, 0, LookMs))) start();
            if (Environment.TickCount64 < next) continue;
            next = Environment.TickCount64 + LookMs;
            Action[] now;
            lock (looks) now = [.. looks];
            foreach (var look in now)
            {
                try
                {
                    look();
                }
                catch (Exception)
                {
                    // One that can't be looked at now is looked at a quarter of a second later.
                }
            }
        }
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
