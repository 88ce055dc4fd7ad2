namespace Platform.Host.Redis;

/// <summary>Two connections to one Redis: one for commands, one that listens to a channel. They come and go together.</summary>
public sealed class RedisClient : IAsyncDisposable
{
    private readonly RedisConnection commands;
    private readonly RedisConnection messages;

    private RedisClient(RedisConnection commands, RedisConnection messages) => (this.commands, this.messages) = (commands, messages);

    /// <summary>Opens both.</summary>
    /// <param name="options">Where Redis is; what is heard is given to its <see cref="RedisConnectionOptions.Hear"/>.</param>
    /// <param name="channel">What to listen to.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<RedisClient> OpenAsync(RedisConnectionOptions options, string channel, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var opened = new List<RedisConnection>();
        try
        {
            opened.Add(await RedisConnection.OpenAsync(options with { Hear = null }, cancel));
            opened.Add(await RedisConnection.OpenAsync(options, cancel));
            await opened[1].SendAsync(new("SUBSCRIBE", channel)).WaitAsync(cancel);
            return new(opened[0], opened[1]);
        }
        catch
        {
            foreach (var connection in opened) await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a command: see <see cref="RedisConnection.SendAsync"/>.</summary>
    public Task<RedisReply> SendAsync(RedisCommand command) => commands.SendAsync(command);

    /// <summary>Takes the replies that have come: see <see cref="RedisConnection.Look"/>.</summary>
    public void Look()
    {
        commands.Look();
        messages.Look();
    }

    /// <summary>Asks for a sign of life on both: see <see cref="RedisConnection.PingAsync"/>.</summary>
    public Task PingAsync(Func<Task, Task>? within = null) => Task.WhenAll(commands.PingAsync(within), messages.PingAsync(within));

    /// <summary>Closes both.</summary>
    public async ValueTask DisposeAsync()
    {
        await commands.DisposeAsync();
        await messages.DisposeAsync();
    }
}
