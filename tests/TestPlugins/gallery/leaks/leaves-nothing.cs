using System.Text.RegularExpressions;

/// <summary>Does what leaks elsewhere, and leaves nothing behind: Regex, exceptions, a thread, a timer, an event.</summary>
public sealed class LeavesNothing : Misbehaving, IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Thread? thread;
    private Timer? timer;

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (thread is null)
        {
            thread = new(() => stop.Token.WaitHandle.WaitOne()) { IsBackground = true };
            thread.Start();
            timer = new(_ => GC.KeepAlive(this), null, 100, 100);
            AppDomain.CurrentDomain.ProcessExit += OnExit;
        }

        try
        {
            throw new OwnException(Regex.Replace("nothing", "(?<a>[a-z])", match => match.Value.ToUpperInvariant(), RegexOptions.Compiled));
        }
        catch (OwnException exception)
        {
            return Answer(exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        if (timer is not null) await timer.DisposeAsync();
        await stop.CancelAsync();
        thread?.Join();
        stop.Dispose();
    }

    private void OnExit(object? sender, EventArgs arguments) => GC.KeepAlive(this);

    private sealed class OwnException(string message) : Exception(message);
}
