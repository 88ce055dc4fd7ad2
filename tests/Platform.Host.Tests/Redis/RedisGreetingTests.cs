using System.Collections.Concurrent;
using System.Net.Sockets;
using Platform.Host.Configuration;
using Platform.Host.Redis;
using Platform.Host.Tests.Transport;

namespace Platform.Host.Tests.Redis;

/// <summary>The beginning of a connection, who is let in, and what it hears once it listens.</summary>
public sealed class RedisGreetingTests
{
    [Fact]
    public async Task Greeting_SaysPasswordDatabaseAndName_BeforeAnythingElse()
    {
        var heard = new ConcurrentQueue<string>();
        await using var redis = Greeted(command =>
        {
            heard.Enqueue(command);
            return null;
        });
        await using (await redis.ConnectAsync(options => options with { Password = new("open sesame"), Database = 7, ClientName = "tests" }))
        {
        }

        Assert.Equal(["AUTH open sesame", "SELECT 7", "CLIENT SETNAME tests", "PING"], heard);
    }

    [Theory]
    [InlineData("AUTH", "-ERR AUTH called without any password configured\r\n")]
    [InlineData("CLIENT", "-NOPERM this user has no permissions\r\n")]
    public async Task Greeting_OfWhichAPartIsNotNeeded_IsOne(string word, string refusal)
    {
        await using var redis = Greeted(command => command.StartsWith(word, StringComparison.Ordinal) ? refusal : null);
        await using var connection = await redis.ConnectAsync(options => options with { Password = new("open sesame") });
        await connection.PingAsync().InTime();
    }

    [Theory]
    [InlineData("AUTH=-WRONGPASS invalid password|PING=-NOAUTH Authentication required.", "WRONGPASS")]
    [InlineData("PING=-NOAUTH Authentication required.", "NOAUTH")]
    [InlineData("PING=-LOADING Redis is loading the dataset in memory", "LOADING")]
    [InlineData("SELECT=-ERR DB index is out of range", "ERR")]
    public async Task Greeting_ThatIsRefused_SaysWhatRedisSays(string refusals, string code)
    {
        var said = refusals.Split('|').Select(refusal => refusal.Split('=')).ToDictionary(pair => pair[0], pair => $"{pair[1]}\r\n");
        await using var redis = Greeted(command => said.GetValueOrDefault(command.Split(' ')[0]));
        var exception = await Assert.ThrowsAsync<RedisServerException>(() => redis.ConnectAsync(options => options with { Password = new("open sesame"), Database = 99 }).InTime());
        Assert.Equal(code, exception.Code);
    }

    [Fact]
    public async Task Redis_ThatTakesNoMoreClients_IsHeardToSaySo()
    {
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] != "CLIENT") return true;
            await socket.SendAsync("-ERR max number of clients reached\r\n"u8.ToArray());
            socket.Shutdown(SocketShutdown.Send);
            return true;
        });
        Assert.Equal("ERR max number of clients reached", (await Assert.ThrowsAsync<RedisServerException>(() => redis.ConnectAsync().InTime())).Message);
    }

    [Theory]
    [InlineData("+OK\r\n")]
    [InlineData("*0\r\n")]
    [InlineData(":1\r\n")]
    public async Task Server_ThatAnswersPingWithSomethingElse_IsNoRedis(string reply)
    {
        await using var redis = Greeted(command => command == "PING" ? reply : null);
        await Assert.ThrowsAsync<RedisProtocolException>(() => redis.ConnectAsync().InTime());
    }

    [Fact]
    public async Task Server_ThatSaysNothing_IsWaitedForNoLongerThanAsked()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var redis = new FakeRedis((_, _) =>
        {
            asked.TrySetResult();
            return Task.FromResult(true);
        });
        using var limit = new CancellationTokenSource();
        var opening = RedisConnection.OpenAsync(new(redis.Endpoint), limit.Token);
        await asked.Task.InTime();
        Assert.False(opening.IsCompleted);
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.InTime());
    }

    [Fact]
    public async Task Messages_AreHeardInOrder_BetweenOtherReplies()
    {
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] == "CLIENT" || (words[0] == "PING" && words.Length == 1)) return false;
            await socket.SendAsync(Replies.Bytes(words[0] == "SUBSCRIBE" ? Message("1") + $"*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n{Message("2")}" : $"{Message("3")}*2\r\n$4\r\npong\r\n$0\r\n\r\n{Message("4")}"));
            return true;
        });
        var heard = new ConcurrentQueue<string>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await redis.ConnectAsync(options => options with
        {
            Hear = (channel, message) =>
            {
                heard.Enqueue($"{channel} {message.Length}");
                if (heard.Count == 4) all.SetResult();
            },
        });
        Assert.Equal("[\"subscribe\", \"news\", 1]", Replies.Shown(await connection.SendAsync(new("SUBSCRIBE", "news")).InTime()));
        Assert.Equal("[\"pong\", \"\"]", Replies.Shown(await connection.SendAsync(new("PING", "")).InTime()));
        await all.Task.InTime();
        Assert.Equal(["news 1", "news 2", "news 3", "news 4"], heard);

        static string Message(string length) => $"*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n${length}\r\n{new string('x', int.Parse(length))}\r\n";
    }

    [Fact]
    public async Task Message_OnAConnectionThatDoesNotListen_EndsIt()
    {
        await using var redis = FakeRedis.Saying(_ => ":1\r\n*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$1\r\na\r\n");
        await using var connection = await redis.ConnectAsync();
        await connection.SendAsync(new("PUBLISH", "news", "a")).InTime();
        Assert.IsType<RedisProtocolException>((await connection.FailureAsync()).InnerException);
    }

    /// <summary>A Redis that answers some greetings in its own way; null: as usual.</summary>
    private static FakeRedis Greeted(Func<string, string?> answer) => new(async (words, socket) =>
    {
        if (answer(string.Join(' ', words)) is not { } reply) return false;
        await socket.SendAsync(Replies.Bytes(reply));
        return true;
    });
}
