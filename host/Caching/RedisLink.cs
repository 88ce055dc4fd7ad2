using System.Net.Sockets;
using Platform.Host.Configuration;
using StackExchange.Redis;

namespace Platform.Host.Caching;

/// <summary>
/// The connection to Redis. It may be gone, hung or full at any instant: a caller waits at most <c>redis.timeout_ms</c>,
/// and after one failure nobody asks until a look in the background has come back.
/// </summary>
internal sealed class RedisLink(RedisOptions options, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollDown = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);
    private const int MaxRelapses = 2;
    private static readonly byte[] Ping = "*1\r\n$4\r\nPING\r\n"u8.ToArray();

    private readonly SemaphoreSlim hint = new(0, 1);
    private readonly CancellationTokenSource stop = new();
    private Task watching = Task.CompletedTask;
    private Func<IDatabase, Task> look = _ => Task.CompletedTask;
    private Action<string> hear = _ => { };
    private ConnectionMultiplexer? connection;
    private long connectedAt;
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

    /// <summary>To be asked only where <see cref="IsUp"/> was true.</summary>
    internal IDatabase Database => connection!.GetDatabase(options.Database);

    private string Servers => string.Join(',', options.Endpoints);

    private RedisChannel Channel => new($"{options.Prefix}:messages", RedisChannel.PatternMode.Literal);

    /// <summary>Connects in the background.</summary>
    /// <param name="look">What to do twice a second, and before Redis counts as up; fails where it is not.</param>
    /// <param name="hear">Given the messages of all servers.</param>
    internal void Start(Func<IDatabase, Task> look, Action<string> hear)
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

    /// <summary>Waits for an answer no longer than configured; a late one is dropped.</summary>
    internal async Task<T> Within<T>(Task<T> answer)
    {
        try
        {
            var value = await answer.WaitAsync(options.Timeout);
            // The client completes one answer after the other on one thread: what follows must not hold it.
            await Task.Yield();
            return value;
        }
        catch (TimeoutException)
        {
            Forget(answer);
            throw new TimeoutException($"no answer within {options.Timeout.TotalMilliseconds:0} ms");
        }
    }

    /// <summary>Sends without waiting. A failure shows at the next look.</summary>
    internal static void Forget(Task answer) =>
        answer.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Tells the other servers; it may get lost.</summary>
    internal void Publish(string message)
    {
        if (isUp) Forget(connection!.GetSubscriber().PublishAsync(Channel, message));
    }

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
        if (connection is { } open) await Task.WhenAny(CloseAsync(open), Task.Delay(1000));
        stop.Dispose();
        hint.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (connection is null || (!isUp && Environment.TickCount64 - connectedAt > Patience.TotalMilliseconds && !await AnswersAsync())) await ConnectAsync();
                await look(Database);
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

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await Within(Database.PingAsync());
            return true;
        }
        catch (Exception exception)
        {
            lastError = exception.Message.ReplaceLineEndings(" ");
            return false;
        }
    }

    /// <summary>
    /// A new connection. The client mends a broken one by itself, but after a cut of the network an old one may be silent
    /// for a minute more: whether Redis can be reached is tried by hand, and then a new one takes its place.
    /// </summary>
    private async Task ConnectAsync()
    {
        await ReachAsync();
        var settings = new ConfigurationOptions { AbortOnConnectFail = false, ConnectTimeout = (int)Handshake.TotalMilliseconds, SyncTimeout = 2000, KeepAlive = 5, ClientName = "platform" };
        foreach (var endpoint in options.Endpoints) settings.EndPoints.Add(endpoint.Host, endpoint.Port);
        if (!options.Password.IsEmpty) settings.Password = options.Password.Value;
        var opened = await ConnectionMultiplexer.ConnectAsync(settings);
        var old = Interlocked.Exchange(ref connection, opened);
        connectedAt = Environment.TickCount64;
        if (old is not null) _ = CloseAsync(old);
        await opened.GetSubscriber().SubscribeAsync(Channel, (_, text) => hear(text.ToString())).WaitAsync(Handshake);
    }

    /// <summary>Asks for a sign of life, whatever it is: one that takes connections but is frozen has none.</summary>
    private async Task ReachAsync()
    {
        Exception? failure = null;
        foreach (var endpoint in options.Endpoints)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            limit.CancelAfter(PollDown);
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(endpoint.Host, endpoint.Port, limit.Token);
                await socket.GetStream().WriteAsync(Ping, limit.Token);
                if (await socket.GetStream().ReadAsync(new byte[1], limit.Token) > 0) return;
                failure = new IOException("closes connections without an answer");
            }
            catch (OperationCanceledException)
            {
                failure = new TimeoutException($"no answer within {PollDown.TotalMilliseconds:0} ms");
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                failure = exception;
            }
        }

        if (failure is not null) throw failure;
    }

    private static async Task CloseAsync(ConnectionMultiplexer connection)
    {
        try
        {
            await connection.CloseAsync(allowCommandsToComplete: false);
            connection.Dispose();
        }
        catch (Exception)
        {
            // It was broken already.
        }
    }
}
