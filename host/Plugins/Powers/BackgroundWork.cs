using Platform.Sdk;

namespace Platform.Host.Plugins.Powers;

/// <summary>A plugin's work beside the requests, by a timer of the host: never twice at once, and over when the plugin goes.</summary>
public sealed class BackgroundWork(IBackgroundWork plugin, TimeSpan interval, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource stop = new();
    private Task? running;
    private Action<PluginFailure> failed = static _ => { };

    /// <summary>Begins, unless it has; its failures are told to whoever has begun it last.</summary>
    public void Start(Action<PluginFailure> whenFailed)
    {
        failed = whenFailed;
        running ??= Task.Run(RunAsync);
    }

    /// <summary>Ends it; waits for the turn under way, at most so long.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        // What the plugin has registered with its token runs here too: it may block, or throw.
        var stopped = Task.WhenAll(stop.CancelAsync(), running ?? Task.CompletedTask);
        await Task.WhenAny(stopped, Task.Delay(patience));
        _ = stopped.ContinueWith(static task => task.Exception, TaskScheduler.Default);
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await TurnAsync();
            try
            {
                await Task.Delay(interval, time, stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task TurnAsync()
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        turn.CancelAfter(Limit);
        // On a thread of its own turn: what blocks is given up, and the next turn waits until it has come back.
        var work = Task.Run(() => plugin.WorkAsync(turn.Token).AsTask());
        try
        {
            await work.WaitAsync(Limit, time, stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (TimeoutException)
        {
            failed(new(PluginFailureKind.TimedOut, $"not done within {Limit.TotalSeconds:0} s"));
        }
        catch (Exception exception)
        {
            failed(PluginFailure.Of(exception));
        }

        try
        {
            await work.WaitAsync(stop.Token);
        }
        catch (Exception)
        {
            // Told above, or the plugin goes.
        }
    }
}
