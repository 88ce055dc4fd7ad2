using System.Runtime.ExceptionServices;

namespace Platform.Host.Plugins;

/// <summary>
/// A rendering that calls helpers of plugins: on a pool thread of its own turn, so that whoever waits for the page can go
/// where a helper does not come back.
/// </summary>
public sealed class HelperTurn : IThreadPoolWorkItem
{
    [ThreadStatic]
    private static HelperTurn? current;

    // The continuation runs on the thread that has rendered: one hop less.
    private readonly TaskCompletionSource<Exception?> ended = new();
    private readonly Action render;
    private int isOver;

    private HelperTurn(Action render) => this.render = render;

    /// <summary>The one that this thread renders in; null for none.</summary>
    internal static HelperTurn? Current => current;

    /// <summary>True once nobody waits for it any more.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>Renders.</summary>
    /// <param name="render">Does it; throws what it throws.</param>
    /// <param name="abandon">Called where it goes on without anybody waiting: what it writes to is its own from then on.</param>
    /// <exception cref="HungHelperException">A helper did not come back.</exception>
    public static async ValueTask RunAsync(Action render, Action abandon)
    {
        var turn = new HelperTurn(render);
        ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: true);
        if (await turn.ended.Task is not { } failure) return;
        if (turn.IsGivenUp) abandon();
        ExceptionDispatchInfo.Throw(failure);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Exception? failure = null;
        current = this;
        try
        {
            render();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            current = null;
        }

        if (Interlocked.Exchange(ref isOver, 1) == 0) ended.SetResult(failure);
    }

    /// <summary>Lets the one who waits go. On the watchdog's thread, which goes on at once.</summary>
    internal void GiveUp(string why)
    {
        if (Interlocked.Exchange(ref isOver, 1) != 0) return;
        IsGivenUp = true;
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.ended.SetResult(new HungHelperException(state.why)), (ended, why), preferLocal: false);
    }
}

/// <summary>A helper has not come back, and the page it was called for is not waited for any more.</summary>
public sealed class HungHelperException(string message) : Exception(message);
