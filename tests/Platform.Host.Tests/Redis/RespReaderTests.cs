using Platform.Host.Redis;

namespace Platform.Host.Tests.Redis;

/// <summary>Replies, and what only looks like them.</summary>
public sealed class RespReaderTests
{
    private const string Stream =
        "+OK\r\n:-42\r\n$5\r\na\r\nb\0\r\n$0\r\n\r\n*3\r\n$-1\r\n*2\r\n:1\r\n*0\r\n-ERR no\r\n*-1\r\n-WRONGTYPE not\r\n";

    private static readonly string[] Expected = ["+OK", "-42", "\"a\r\nb\0\"", "\"\"", "[null, [1, []], -ERR no]", "null", "-WRONGTYPE not"];

    [Theory]
    [InlineData("+\r\n", "+")]
    [InlineData("-LOADING wait\r\n", "-LOADING wait")]
    [InlineData(":0\r\n", "0")]
    [InlineData(":9223372036854775807\r\n", "9223372036854775807")]
    [InlineData(":-9223372036854775808\r\n", "-9223372036854775808")]
    [InlineData("$10\r\n0123456789\r\n", "\"0123456789\"")]
    [InlineData("$-1\r\n", "null")]
    [InlineData("*-1\r\n", "null")]
    [InlineData("*0\r\n", "[]")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", "[[[[[[[[1]]]]]]]]")]
    public void Reply_ThatIsWhole_IsRead(string written, string shown)
    {
        var reader = new RespReader();
        Assert.Equal([shown], Replies.Read(reader, Replies.Bytes(written)));
        Assert.True(reader.IsBetweenReplies);
    }

    [Fact]
    public void Stream_SplitAnywhere_GivesTheSameReplies()
    {
        var bytes = Replies.Bytes(Stream);
        Assert.Equal(Expected, Replies.Read(new(), [.. bytes.Select(b => new[] { b })]));
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                Assert.Equal(Expected, Replies.Read(new(), bytes[..first], bytes[first..second], bytes[second..]));
            }
        }
    }

    [Theory]
    [InlineData("OK\r\n")]
    [InlineData("\r\n")]
    [InlineData("\0")]
    [InlineData("%1\r\n+a\r\n+b\r\n")]
    [InlineData("_\r\n")]
    [InlineData("(1\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("+OK\n")]
    [InlineData("+\n")]
    [InlineData("+O\rK\r\n")]
    [InlineData("+OK\r\r\n")]
    [InlineData(":\r\n")]
    [InlineData(":-\r\n")]
    [InlineData(":+5\r\n")]
    [InlineData(":05\r\n")]
    [InlineData(":-0\r\n")]
    [InlineData(": 5\r\n")]
    [InlineData(":5 \r\n")]
    [InlineData(":0x5\r\n")]
    [InlineData(":1.0\r\n")]
    [InlineData(":9223372036854775808\r\n")]
    [InlineData(":-9223372036854775809\r\n")]
    [InlineData(":00000000000000000000000")]
    [InlineData("$\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$+5\r\nhello\r\n")]
    [InlineData("$05\r\nhello\r\n")]
    [InlineData("$5\r\nhello!\r\n")]
    [InlineData("$5\r\nhello\n\r")]
    [InlineData("$5\r\nhello\r.")]
    [InlineData("$99999999999999999999\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("*+1\r\n")]
    [InlineData("*a\r\n")]
    [InlineData("*2\r\n:1\r\nnone")]
    public void Bytes_ThatAreNoReply_AreRefused(string written)
    {
        Assert.Throws<RedisProtocolException>(() => Replies.Read(new(), Replies.Bytes(written)));
        Assert.Throws<RedisProtocolException>(() => Replies.Read(new(), [.. Replies.Bytes(written).Select(b => new[] { b })]));
    }

    [Theory]
    [InlineData("", "*1\r\n", 100_000, 4 * (RespReader.MaxDepth + 1), "more than 8 lists within each other")]
    [InlineData("$1073741824\r\n", "x", 1, 13, "a text of 1073741824 bytes")]
    [InlineData("$65537\r\n", "x", 1, 8, "a text of 65537 bytes")]
    [InlineData("+", "x", 1 << 20, RespReader.MaxLine + 4, "has no end")]
    [InlineData("-", "x", 1 << 20, RespReader.MaxLine + 4, "has no end")]
    [InlineData("$", "1", 1 << 20, 24, "has no end")]
    [InlineData("*10001\r\n", "x", 1, 8, "a list of 10001")]
    [InlineData("*2147483647\r\n", "x", 1, 13, "a list of 2147483647")]
    [InlineData("*2\r\n", "*9999\r\n", 2, 11, "a list of 9999")]
    [InlineData("*2\r\n", "$5\r\nhello\r\n$65532\r\n", 1, 23, "a text of 65532 bytes; expected at most 65531 more")]
    [InlineData("*1000\r\n", "+hello, hello, hello, hello, hello, hello, hello, hello, hello, hello, hello, hello, hello, hello\r\n", 1000, 7 + (683 * 99), "a text of 96 bytes; expected at most 64 more")]
    public void Reply_ThatIsTooLarge_IsRefusedOnceItSaysSo_AtBoundedMemory(string beginning, string more, int times, int most, string why)
    {
        var bytes = Replies.Bytes(beginning + string.Concat(Enumerable.Repeat(more, times)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<RedisProtocolException>(() => Replies.Read(new(), bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 512 * 1024);
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);

        var reader = new RespReader();
        var taken = 0;
        Assert.Throws<RedisProtocolException>(() =>
        {
            foreach (var b in bytes)
            {
                taken++;
                Replies.Read(reader, [b]);
            }
        });
        Assert.InRange(taken, 1, most);
    }

    [Fact]
    public void Limit_IsThatOfOneReply_NotOfAll()
    {
        var reader = new RespReader { MaxBytes = 5000 };
        var reply = Replies.Bytes("*2\r\n$2500\r\n" + new string('x', 2500) + "\r\n$2500\r\n" + new string('y', 2500) + "\r\n");
        for (var turn = 0; turn < 10; turn++) Assert.Single(Replies.Read(reader, reply));
        reader.MaxBytes = 4999;
        Assert.Throws<RedisProtocolException>(() => Replies.Read(reader, reply));
    }

    [Fact]
    public void List_OfAllThatIsAllowed_IsRead()
    {
        var written = $"*{RespReader.MaxElements - 1}\r\n{string.Concat(Enumerable.Repeat(":1\r\n", RespReader.MaxElements - 2))}*1\r\n$-1\r\n";
        Assert.EndsWith("1, [null]]", Assert.Single(Replies.Read(new(), Replies.Bytes(written))), StringComparison.Ordinal);
    }
}
