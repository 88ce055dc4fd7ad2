using System.Text;
using Platform.Host.Configuration;
using Platform.Host.Redis;

namespace Platform.Host.Caching;

/// <summary>
/// The way to Redis. It may be gone, hung or full at any instant: a caller waits at most <c>redis.timeout_ms</c>,
/// and after one failure nobody asks until a look in the background has come back.
/// </summary>
internal sealed class RedisLink(RedisOptions options, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollDown = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);
    private const int MaxRelapses = 2;

    private readonly SemaphoreSlim hint = new(0, 1);
    private readonly CancellationTokenSource stop = new();
    private Task watching = Task.CompletedTask;
    private Func<Task> look = () => Task.CompletedTask;
    private Action<string> hear = _ => { };
    private volatile RedisClient? client;
    private long upSince;
    private int relapses;
    private volatile bool isUp;
    private bool isSaid;
    private volatile string lastError = "not connected yet";
    private long lastRefusal = -60_000;

    /// <summary>True while Redis answers in time.</summary>
    internal bool IsUp => isUp;

    /// <summary>Why it is not; empty while it is.</summary>
    internal string LastError => isUp ? "" : lastError;

    private string Servers => string.Join(',', options.Endpoints);

    private string Channel => $"{options.Prefix}:messages";

    /// <summary>Connects in the background.</summary>
    /// <param name="look">What to do twice a second, and before Redis counts as up; fails where it is not.</param>
    /// <param name="hear">Given the messages of all servers; must neither wait nor throw.</param>
    internal void Start(Func<Task> look, Action<string> hear)
    {
        (this.look, this.hear) = (look, hear);
        watching = Task.Run(WatchAsync);
    }

    /// <summary>Lets the next look begin now.</summary>
    internal void LookSoon()
    {
        try
        {
            if (hint.CurrentCount == 0) hint.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Another was quicker, or nobody looks any more.
        }
    }

    /// <summary>Asks, and waits for the answer no longer than configured; a late one is dropped. To be asked only where <see cref="IsUp"/> was true.</summary>
    internal async Task<RedisReply> AskAsync(RedisCommand command)
    {
        var answer = client!.SendAsync(command);
        await WithinAsync(answer);
        return await answer;
    }

    /// <summary>Sends without waiting. A failure shows at the next look.</summary>
    internal void Tell(RedisCommand command)
    {
        if (isUp) _ = client!.SendAsync(command);
    }

    /// <summary>Tells the other servers; it may get lost.</summary>
    internal void Publish(string message) => Tell(new("PUBLISH", Channel, message));

    /// <summary>Nobody asks any more until the next look has come back.</summary>
    internal void GoDown(Exception exception)
    {
        lastError = exception.Message.ReplaceLineEndings(" ");
        if (!isUp && isSaid) return;
        if (isUp) relapses = Environment.TickCount64 - upSince < Steady.TotalMilliseconds ? Math.Min(relapses + 1, MaxRelapses) : 0;
        (isUp, isSaid) = (false, true);
        logger.LogWarning("Redis {Connection}: {Error}; pages come from this server's memory until it answers", Servers, lastError);
    }

    /// <summary>Redis answers but takes no writes (full, read-only): what it holds can still be read. Said once a minute.</summary>
    internal void Refused(RedisServerException exception)
    {
        var now = Environment.TickCount64;
        if (now - Interlocked.Exchange(ref lastRefusal, now) > 60_000)
            logger.LogWarning("Redis {Connection}: stores nothing: {Error}", Servers, exception.Message.ReplaceLineEndings(" "));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        isUp = false;
        if (client is { } open) await open.DisposeAsync();
        stop.Dispose();
        hint.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!isUp && !await AnswersAsync()) await ConnectAsync();
                await Task.WhenAll(look(), client!.PingAsync(WithinAsync));
                if (!isUp)
                {
                    upSince = Environment.TickCount64;
                    isUp = true;
                    logger.LogInformation("Redis {Connection}: answers", Servers);
                }
            }
            catch (Exception exception)
            {
                GoDown(exception);
            }

            try
            {
                // One that falters again and again is left alone longer each time, to 1 s.
                if (isUp) await hint.WaitAsync(Poll, stop.Token);
                else await Task.Delay(PollDown * (1 << relapses), stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>True where the old connection is good again. After a cut of the network it may be silent for ever.</summary>
    private async Task<bool> AnswersAsync()
    {
        if (client is not { } known) return false;
        try
        {
            await known.PingAsync(WithinAsync);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>New connections, to the first server that gives a sign of life in time: one that takes connections but is frozen has none.</summary>
    private async Task ConnectAsync()
    {
        var within = PollDown + options.Timeout;
        Exception? failure = null;
        foreach (var endpoint in options.Endpoints)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            limit.CancelAfter(within);
            try
            {
                var settings = new RedisConnectionOptions(endpoint) { Password = options.Password, Database = options.Database, Hear = (_, message) => hear(Encoding.UTF8.GetString(message)) };
                var opened = await RedisClient.OpenAsync(settings, Channel, limit.Token);
                var old = client;
                client = opened;
                if (old is not null) await old.DisposeAsync();
                return;
            }
            catch (Exception exception)
            {
                failure = exception is OperationCanceledException ? NoAnswer(within) : exception;
            }
        }

        throw failure!;
    }

    private async Task WithinAsync(Task answer)
    {
        try
        {
            await answer.WaitAsync(options.Timeout);
        }
        catch (TimeoutException)
        {
            // It may have come in time while this server had no thread to take it: that is nothing Redis can help.
            client!.Look();
            if (answer.IsCompletedSuccessfully) return;
            // Seen, whatever becomes of it.
            _ = answer.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            throw NoAnswer(options.Timeout);
        }
    }

    private static TimeoutException NoAnswer(TimeSpan within) => new($"no answer within {within.TotalMilliseconds:0} ms");
}
