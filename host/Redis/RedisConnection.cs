using System.Net.Sockets;
using Platform.Host.Configuration;

namespace Platform.Host.Redis;

/// <summary>
/// One connection to Redis. Commands of many callers go out one behind the other without waiting, and the replies come back
/// in the same order. It never reconnects: once a reply is missing, wrong or unasked for, all who wait are told, and it is closed.
/// A command is sent by its caller's thread, replies are received by a thread of its own, and by whoever runs out of patience
/// (<see cref="Look"/>): where thousands of requests wait for the pool, a reply would wait behind them, and look as if Redis were late.
/// </summary>
/// <remarks>Who no longer wants to wait just goes: the reply is still read, and dropped.</remarks>
public sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>Commands without an answer at most; one more fails at once.</summary>
    public const int MaxUnanswered = 10_000;

    /// <summary>Bytes of commands that the network has not taken yet; once there are as many, a command fails at once.</summary>
    public const int MaxUnsentBytes = 64 * 1024 * 1024;

    private const int BufferSize = 65_536;
    private const int StackSize = 262_144;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly RedisCommand Ping = new("PING");

    private readonly Socket socket;
    private readonly Action<string, byte[]>? hear;
    private readonly RespReader reader = new();
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private readonly Lock receiving = new();
    private readonly byte[] received = new byte[BufferSize];
    private readonly SemaphoreSlim unsentComes = new(0);
    private readonly UnsentBytes unsent;
    private Task running = Task.CompletedTask;
    private Exception? failure;

    private RedisConnection(Socket socket, Action<string, byte[]>? hear) => (this.socket, this.hear, unsent) = (socket, hear, new(socket));

    /// <summary>Ends when the connection has.</summary>
    public Task Ended => running;

    /// <summary>Connects, introduces itself, and waits for a sign of life.</summary>
    /// <param name="options">Where Redis is, and what to tell it.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="RedisServerException">Redis is there, but takes nobody, not this password, or not yet.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisConnectionOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = new RedisConnection(await ConnectAsync(options.Endpoint, cancel), options.Hear);
        // In this order: one that takes no more clients says so unasked, and that is then the first answer.
        var greeting = connection.GreetAsync(options);
        connection.running = Task.WhenAll(connection.RunAsync("redis sender", connection.SendRest), connection.RunAsync("redis receiver", connection.Receive));
        try
        {
            await greeting.WaitAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            await greeting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Sends a command. Its answer may come late or never: who can't wait for ever uses <c>WaitAsync</c>.</summary>
    /// <returns>The reply. It fails with <see cref="RedisServerException"/> where that is an error, with <see cref="RedisConnectionException"/> where there is none.</returns>
    public Task<RedisReply> SendAsync(RedisCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        // Nobody who waits is to be served by the reader, for which all others wait.
        var one = new Waiting(new(TaskCreationOptions.RunContinuationsAsynchronously), command.MaxReplyBytes);
        lock (gate)
        {
            if (failure is not null || waiting.Count >= MaxUnanswered || unsent.Count >= MaxUnsentBytes)
            {
                one.Fail(failure is not null ? Lost(failure) : new RedisConnectionException($"Redis does not keep up: {waiting.Count} commands have no answer yet"));
                return one.Reply.Task;
            }

            waiting.Enqueue(one);
            var mustWait = unsent.Count > 0;
            unsent.Add(command);
            if (!mustWait && !unsent.TrySend()) unsentComes.Release();
        }

        return one.Reply.Task;
    }

    /// <summary>Takes the replies that have come and that the thread for them has not got to yet.</summary>
    public void Look()
    {
        try
        {
            Take();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Asks for a sign of life.</summary>
    /// <param name="within">Waits for the reply, not longer than it likes; null: as long as it takes.</param>
    public async Task PingAsync(Func<Task, Task>? within = null)
    {
        var answer = SendAsync(Ping);
        if (within is not null) await within(answer);
        var reply = await answer;
        // On a connection that has subscribed, it is a list.
        var word = reply.Kind == RedisReplyKind.List && reply.AsList() is [var first, ..] ? first : reply;
        if (!string.Equals(word.AsText(), "PONG", StringComparison.OrdinalIgnoreCase)) throw new RedisProtocolException("Redis answered PING with something else than PONG");
    }

    /// <summary>Closes the connection; who waits is told.</summary>
    public async ValueTask DisposeAsync()
    {
        Fail(new ObjectDisposedException(nameof(RedisConnection), "closed here"));
        await running;
    }

    private static async Task<Socket> ConnectAsync(HostPort endpoint, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancel);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task GreetAsync(RedisConnectionOptions options)
    {
        var greetings = new List<Task>();
        if (!options.Password.IsEmpty) greetings.Add(SendAsync(new("AUTH", options.Password.Value)));
        var select = options.Database == 0 ? Task.CompletedTask : SendAsync(new("SELECT", options.Database));
        greetings.Add(select);
        greetings.Add(SendAsync(new("CLIENT", "SETNAME", options.ClientName)));
        var ping = PingAsync();
        greetings.Add(ping);
        await Task.WhenAll(greetings).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A password that was not needed, or a name that is not taken, keeps nobody out. Else the first refusal is the reason for all.
        if (!ping.IsCompletedSuccessfully || !select.IsCompletedSuccessfully) await greetings.First(greeting => greeting.IsFaulted);
    }

    private Task RunAsync(string name, Action loop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(Run, StackSize) { IsBackground = true, Name = name };
        thread.Start();
        return ended.Task;

        void Run()
        {
            try
            {
                loop();
            }
            catch (Exception exception)
            {
                Fail(exception);
            }

            ended.SetResult();
        }
    }

    /// <summary>Sends what the network has not taken at once, whenever there is something.</summary>
    private void SendRest()
    {
        while (true)
        {
            unsentComes.Wait();
            while (true)
            {
                lock (gate)
                {
                    if (failure is not null) return;
                    if (unsent.TrySend()) break;
                }

                socket.Poll(Patience, SelectMode.SelectWrite);
            }
        }
    }

    private void Receive()
    {
        while (Volatile.Read(ref failure) is null)
        {
            if (socket.Poll(Patience, SelectMode.SelectRead)) Take();
        }
    }

    /// <summary>Takes what has come. Several threads may do so in turn.</summary>
    private void Take()
    {
        lock (receiving)
        {
            int count;
            do
            {
                count = socket.Receive(received, SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock) return;
                if (error != SocketError.Success) throw new SocketException((int)error);
                if (count == 0) throw new EndOfStreamException("Redis has closed it");
                Take(received.AsSpan(0, count));
            }
            while (count == received.Length);
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (reader.IsBetweenReplies) reader.MaxBytes = Allowed();
            if (reader.TryRead(ref bytes, out var reply)) Deliver(reply);
        }
    }

    /// <summary>How large the reply may be that begins.</summary>
    private int Allowed()
    {
        lock (gate)
        {
            if (waiting.TryPeek(out var next)) return hear is null ? next.MaxReplyBytes : Math.Max(next.MaxReplyBytes, RedisCommand.UsualMaxReplyBytes);
            return hear is null ? throw new RedisProtocolException("a reply that nobody has asked for") : RedisCommand.UsualMaxReplyBytes;
        }
    }

    private void Deliver(RedisReply reply)
    {
        if (hear is not null && reply.Kind == RedisReplyKind.List && reply.AsList() is [{ Kind: RedisReplyKind.Bytes } kind, { Kind: RedisReplyKind.Bytes } channel, { Kind: RedisReplyKind.Bytes } message] && kind.AsText() == "message")
        {
            hear(channel.AsText()!, message.AsBytes()!);
            return;
        }

        Waiting next;
        lock (gate)
        {
            if (!waiting.TryDequeue(out next)) throw new RedisProtocolException("a reply that nobody has asked for");
        }

        if (reply.Kind == RedisReplyKind.Error) next.Fail(reply.Unexpected("no error"));
        else next.Reply.SetResult(reply);
    }

    private void Fail(Exception reason)
    {
        Waiting[] lost;
        lock (gate)
        {
            if (failure is not null) return;
            failure = reason;
            lost = [.. waiting];
            waiting.Clear();
        }

        // Both threads see it: one waits for the network, the other for something to send.
        socket.Dispose();
        unsentComes.Release();
        foreach (var one in lost) one.Fail(Lost(reason));
    }

    private static RedisConnectionException Lost(Exception reason) => new($"the connection is lost: {reason.Message}", reason);

    /// <summary>Somebody who waits for a reply.</summary>
    private readonly record struct Waiting(TaskCompletionSource<RedisReply> Reply, int MaxReplyBytes)
    {
        internal void Fail(Exception exception)
        {
            Reply.SetException(exception);
            // Seen, also where nobody waits any more.
            _ = Reply.Task.Exception;
        }
    }
}
