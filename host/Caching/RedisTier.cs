using System.Security.Cryptography;
using System.Text;
using Platform.Host.Configuration;
using StackExchange.Redis;

namespace Platform.Host.Caching;

/// <summary>
/// The pages that several servers share. Redis may be gone, hung or full at any instant: a caller waits at most
/// <c>redis.timeout_ms</c>, and after one failure nobody asks until a ping in the background has come back.
/// </summary>
/// <remarks>
/// Keys hold a number that every clear raises, so a clear needs no list of keys. Each server reads that number every
/// second: one that missed the message, being cut off, drops its pages when it is back.
/// </remarks>
public sealed class RedisTier : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollDown = TimeSpan.FromMilliseconds(250);
    private const int MaxWrites = 256;

    private readonly RedisOptions options;
    private readonly PageFrame frame;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Action<RedisMessage> hear;
    private readonly string self = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;
    private ConnectionMultiplexer? connection;
    private volatile bool isUp;
    private bool isSaid;
    private volatile string lastError = "not connected yet";
    private long sharedEpoch = -1;
    private int writes;
    private int unannounced;
    private long lastRefusal = -60_000;

    /// <summary>Connects in the background; until then everything is a miss.</summary>
    public RedisTier(RedisOptions options, PageFrame frame, TimeProvider time, ILogger logger, Action<RedisMessage> hear)
    {
        (this.options, this.frame, this.time, this.logger, this.hear) = (options, frame, time, logger, hear);
        watching = Task.Run(WatchAsync);
    }

    /// <summary>True while Redis answers in time.</summary>
    public bool IsUp => isUp;

    /// <summary>The number that keys hold now.</summary>
    public long SharedEpoch => Volatile.Read(ref sharedEpoch);

    /// <summary>Why it is not; empty while it is.</summary>
    public string LastError => isUp ? "" : lastError;

    private string Servers => string.Join(',', options.Endpoints);

    private string Channel => $"{options.Prefix}:messages";

    private string EpochKey => $"{options.Prefix}:epoch";

    /// <summary>The page of a key; null where there is none, where it is not authentic, or where Redis does not answer in time.</summary>
    public async ValueTask<CachedPage?> FindAsync(string key, string stamp, long maxBytes)
    {
        if (!isUp) return null;
        try
        {
            var name = Name(key, stamp, SharedEpoch);
            byte[]? bytes = await Within(connection!.GetDatabase(options.Database).StringGetAsync(name));
            return bytes is null || bytes.Length > maxBytes + 65_536 ? null : frame.Read(name, stamp, bytes, time.GetUtcNow());
        }
        catch (Exception exception)
        {
            GoDown(exception);
            return null;
        }
    }

    /// <summary>Stores a page without waiting for it; dropped when too many writes are under way.</summary>
    /// <param name="key">The page's key.</param>
    /// <param name="page">The page.</param>
    /// <param name="epoch">The number when its making began.</param>
    public void Store(string key, CachedPage page, long epoch)
    {
        if (!isUp || Volatile.Read(ref writes) >= MaxWrites) return;
        _ = StoreAsync(Name(key, page.Stamp, epoch), page);
    }

    /// <summary>Makes every stored page unreachable, and tells the other servers; when Redis is gone, as soon as it is back.</summary>
    public async Task AnnounceClearAsync(string? tag)
    {
        // A purge of one tag drops all pages here: which of them bear it is known only to the servers' memory.
        if (isUp && await TryAsync(async () =>
        {
            var next = await Within(connection!.GetDatabase(options.Database).StringIncrementAsync(EpochKey));
            Volatile.Write(ref sharedEpoch, next);
            await Within(connection.GetSubscriber().PublishAsync(Literal(Channel), new RedisMessage(RedisMessageKind.Clear, next, tag).Write(self)));
        })) return;
        Interlocked.Exchange(ref unannounced, 1);
    }

    /// <summary>Tells the other servers that files have changed; they look by themselves too, so it may get lost.</summary>
    public void AnnounceChange()
    {
        if (isUp) _ = TryAsync(async () => await Within(connection!.GetSubscriber().PublishAsync(Literal(Channel), new RedisMessage(RedisMessageKind.Changed).Write(self))));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        isUp = false;
        if (connection is { } open) await Task.WhenAny(open.CloseAsync(allowCommandsToComplete: false), Task.Delay(1000));
        stop.Dispose();
    }

    private static RedisChannel Literal(string name) => new(name, RedisChannel.PatternMode.Literal);

    private string Name(string key, string stamp, long epoch) =>
        $"{options.Prefix}:page:{epoch}:{stamp}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    private async Task StoreAsync(string name, CachedPage page)
    {
        Interlocked.Increment(ref writes);
        try
        {
            await Within(connection!.GetDatabase(options.Database).StringSetAsync(name, frame.Write(name, page), page.Life));
        }
        catch (RedisServerException exception)
        {
            // It answers but takes no writes (full, read-only): what it holds can still be read.
            if (Environment.TickCount64 - Interlocked.Exchange(ref lastRefusal, Environment.TickCount64) > 60_000)
                logger.LogWarning("Redis {Connection}: stores nothing: {Error}", Servers, exception.Message.ReplaceLineEndings(" "));
        }
        catch (Exception exception)
        {
            GoDown(exception);
        }
        finally
        {
            Interlocked.Decrement(ref writes);
        }
    }

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            if (await TryAsync(LookAsync) && !isUp)
            {
                isUp = true;
                logger.LogInformation("Redis {Connection}: answers", Servers);
            }

            await Task.Delay(isUp ? Poll : PollDown, stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task LookAsync()
    {
        if (connection is null)
        {
            var settings = new ConfigurationOptions { AbortOnConnectFail = false };
            foreach (var endpoint in options.Endpoints) settings.EndPoints.Add(endpoint.Host, endpoint.Port);
            settings.ConnectTimeout = 2000;
            settings.SyncTimeout = 2000;
            settings.KeepAlive = 5;
            settings.ClientName = "platform";
            if (!options.Password.IsEmpty) settings.Password = options.Password.Value;
            var opened = await ConnectionMultiplexer.ConnectAsync(settings);
            await opened.GetSubscriber().SubscribeAsync(Literal(Channel), (_, text) =>
            {
                if (RedisMessage.Read(text.ToString(), self) is not { } message) return;
                // Messages may come out of order; the number only grows.
                if (message.Kind == RedisMessageKind.Clear && message.Epoch > SharedEpoch) Volatile.Write(ref sharedEpoch, message.Epoch);
                hear(message);
            });
            connection = opened;
        }

        var database = connection.GetDatabase(options.Database);
        if (Interlocked.Exchange(ref unannounced, 0) == 1)
        {
            try
            {
                await Within(database.StringIncrementAsync(EpochKey));
            }
            catch
            {
                Interlocked.Exchange(ref unannounced, 1);
                throw;
            }
        }

        var found = (long)await Within(database.StringGetAsync(EpochKey));
        var known = Interlocked.Exchange(ref sharedEpoch, found);
        if (known >= 0 && known != found) hear(new(RedisMessageKind.Clear, found));
    }

    /// <summary>Waits for an answer no longer than configured; a late one is dropped.</summary>
    private async Task<T> Within<T>(Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(options.Timeout);
        }
        catch (TimeoutException)
        {
            _ = answer.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new TimeoutException($"no answer within {options.Timeout.TotalMilliseconds:0} ms");
        }
    }

    private async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception exception)
        {
            GoDown(exception);
            return false;
        }
    }

    private void GoDown(Exception exception)
    {
        lastError = exception.Message.ReplaceLineEndings(" ");
        if (!isUp && isSaid) return;
        (isUp, isSaid) = (false, true);
        logger.LogWarning("Redis {Connection}: {Error}; pages come from this server's memory until it answers", Servers, lastError);
    }
}
