using System.Collections.Concurrent;
using System.Net.Sockets;
using Platform.Host.Redis;
using Platform.Host.Tests.Transport;

namespace Platform.Host.Tests.Redis;

/// <summary>A connection over a real socket, to a Redis that does what the tests want.</summary>
public sealed class RedisConnectionTests
{
    [Fact]
    public async Task Replies_ToManyCallers_InPiecesOfAnySize_GoToWhoHasAsked()
    {
        var random = new Random(1);
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] != "ECHO") return false;
            var bytes = Replies.Bytes(Echo(words[1]));
            var half = random.Next(bytes.Length);
            await socket.SendAsync(bytes.AsMemory(0, half));
            await socket.SendAsync(bytes.AsMemory(half));
            return true;
        });
        await using var connection = await redis.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; n < 200; n++)
            {
                var (first, second) = (connection.SendAsync(new("ECHO", $"{caller}/{n}")), connection.SendAsync(new("ECHO", $"{caller}/{n}'")));
                Assert.Equal(($"{caller}/{n}", $"{caller}/{n}'"), ((await first).AsText(), (await second).AsText()));
            }
        }))).InTime();
    }

    [Fact]
    public async Task LateReply_ToWhoHasStoppedWaiting_IsGivenToNobodyElse()
    {
        var gate = new TaskCompletionSource();
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] != "ECHO") return false;
            await gate.Task;
            await socket.SendAsync(Replies.Bytes(Echo(words[1])));
            return true;
        });
        await using var connection = await redis.ConnectAsync();
        var early = connection.SendAsync(new("ECHO", "early"));
        await Assert.ThrowsAsync<TimeoutException>(() => early.WaitAsync(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
        var next = connection.SendAsync(new("ECHO", "next"));
        gate.SetResult();
        Assert.Equal("next", (await next.InTime()).AsText());
        Assert.Equal("early", (await early.InTime()).AsText());
    }

    [Fact]
    public async Task Continuation_ThatHoldsItsThread_HoldsNoOtherReply()
    {
        var gate = new TaskCompletionSource();
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] != "ECHO") return false;
            await gate.Task;
            return await SentAsync(socket, Echo(words[1]));
        });
        await using var connection = await redis.ConnectAsync();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = connection.SendAsync(new("ECHO", "first")).ContinueWith(_ => second.Task.Wait(TimeSpan.FromSeconds(20)), TestContext.Current.CancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        gate.SetResult();
        await connection.SendAsync(new("ECHO", "second")).InTime();
        second.SetResult();
        Assert.True(await first.InTime());
    }

    [Fact]
    public async Task HalfAReply_ThenTheEnd_FailsAllWhoWait_AndAllWhoCome()
    {
        var asked = 0;
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] != "ECHO") return false;
            if (++asked < 3) return await SentAsync(socket, asked == 1 ? Echo("whole") : "$5\r\nhal");
            socket.Shutdown(SocketShutdown.Send);
            return true;
        });
        await using var connection = await redis.ConnectAsync();
        Task<RedisReply>[] all = [.. Enumerable.Range(0, 5).Select(n => connection.SendAsync(new("ECHO", $"{n}")))];
        Assert.Equal("whole", (await all[0].InTime()).AsText());
        foreach (var lost in all[1..]) Assert.Contains("Redis has closed it", (await Assert.ThrowsAsync<RedisConnectionException>(() => lost.InTime())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisConnectionException>(() => connection.SendAsync(new("PING")).InTime());
    }

    [Fact]
    public async Task Error_IsAnException_AndTheNextReplyAReply()
    {
        await using var redis = FakeRedis.Saying(words => words[0] == "GET" ? "-WRONGTYPE Operation against a key\r\n" : ":1\r\n");
        await using var connection = await redis.ConnectAsync();
        var (error, good) = (connection.SendAsync(new("GET", "list")), connection.SendAsync(new("DEL", "list")));
        Assert.Equal("WRONGTYPE", (await Assert.ThrowsAsync<RedisServerException>(() => error.InTime())).Code);
        Assert.Equal(1, (await good.InTime()).AsInteger());
    }

    [Theory]
    [InlineData("$5001\r\n", "a text of 5001 bytes")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", "more than 8 lists")]
    [InlineData("$1\r\na\r\n$1\r\nb\r\n", "nobody has asked for")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "a reply begins with the byte 72")]
    public async Task Reply_ThatIsNone_OrUnaskedFor_EndsTheConnection(string reply, string why)
    {
        await using var redis = FakeRedis.Saying(_ => reply);
        await using var connection = await redis.ConnectAsync();
        _ = connection.SendAsync(new("GET", "page") { MaxReplyBytes = 5000 });
        var lost = await connection.FailureAsync();
        Assert.IsType<RedisProtocolException>(lost.InnerException);
        Assert.Contains(why, lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_WithoutAnAnswer_TooMany_FailAtOnce_AndHarmNoOther()
    {
        var gate = new TaskCompletionSource();
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] != "ECHO") return false;
            await gate.Task;
            return await SentAsync(socket, Echo(words[1]));
        });
        await using var connection = await redis.ConnectAsync();
        Task<RedisReply>[] waiting = [.. Enumerable.Range(0, RedisConnection.MaxUnanswered).Select(n => connection.SendAsync(new("ECHO", $"{n}")))];
        var tooMany = connection.SendAsync(new("ECHO", "too many"));
        Assert.True(tooMany.IsFaulted);
        Assert.Contains("does not keep up", (await Assert.ThrowsAsync<RedisConnectionException>(() => tooMany)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        gate.SetResult();
        for (var n = 0; n < waiting.Length; n++) Assert.Equal($"{n}", (await waiting[n].InTime()).AsText());
        Assert.Equal("again", (await connection.SendAsync(new("ECHO", "again")).InTime()).AsText());
    }

    [Fact]
    public async Task Bytes_ThatNobodyTakes_TooMany_FailTheNextAtOnce()
    {
        var gate = new TaskCompletionSource();
        await using var redis = new FakeRedis(async (words, socket) =>
        {
            if (words[0] != "SET") return false;
            await gate.Task;
            return await SentAsync(socket, "+OK\r\n");
        });
        await using var connection = await redis.ConnectAsync();
        var value = new byte[8 * 1024 * 1024];
        var sent = new List<Task<RedisReply>>();
        while (sent.Count < 20 && sent.All(one => !one.IsFaulted)) sent.Add(connection.SendAsync(new("SET", "key", value)));
        Assert.InRange(sent.Count, 9, 19);
        gate.SetResult();
        foreach (var one in sent[..^1]) Assert.Equal("OK", (await one.InTime()).AsText());
    }

    [Fact]
    public async Task Words_WithLineEnds_OrWithoutAnything_ArriveAsTheyAre()
    {
        var heard = new ConcurrentQueue<string[]>();
        await using var redis = FakeRedis.Saying(words =>
        {
            heard.Enqueue(words);
            return "+OK\r\n";
        });
        await using var connection = await redis.ConnectAsync();
        string[] command = ["SET", "key\r\nFLUSHALL\r\n", "", "*1\r\n$8\r\nFLUSHALL\r\n", "ä 😀", "-7"];
        await connection.SendAsync(new([.. command[..^1], -7L])).InTime();
        Assert.Equal(command, Assert.Single(heard));
    }

    private static string Echo(string text) => $"${text.Length}\r\n{text}\r\n";

    private static async Task<bool> SentAsync(Socket socket, string reply)
    {
        await socket.SendAsync(Replies.Bytes(reply));
        return true;
    }
}
