using Platform.Host.Redis;

namespace Platform.Host.Tests.Redis;

/// <summary>Replies that are read as what they are, and as what they are not.</summary>
public sealed class RedisReplyTests
{
    [Theory]
    [InlineData("+OK\r\n", "text")]
    [InlineData("$2\r\n17\r\n", "bytes text integer number")]
    [InlineData("$3\r\n1.5\r\n", "bytes text number")]
    [InlineData("$1\r\na\r\n", "bytes text")]
    [InlineData(":17\r\n", "integer number")]
    [InlineData("*1\r\n:1\r\n", "list")]
    [InlineData("$-1\r\n", "bytes text list")]
    public void Reply_IsReadAsWhatItIs_AndAsNothingElse(string written, string fitting)
    {
        var reply = Read(written);
        (string Name, Action Read)[] ways =
        [
            ("bytes", () => reply.AsBytes()), ("text", () => reply.AsText()), ("integer", () => reply.AsInteger()), ("number", () => reply.AsNumber()), ("list", () => reply.AsList()),
        ];
        foreach (var (name, read) in ways)
        {
            if (fitting.Split(' ').Contains(name)) read();
            else Assert.Throws<RedisProtocolException>(read);
        }
    }

    [Fact]
    public void Error_WithinAList_IsAnExceptionForWhoReadsIt()
    {
        var inner = Assert.Single(Read("*1\r\n-OOM command not allowed\r\n").AsList());
        Assert.All([() => inner.AsText(), () => inner.AsInteger(), () => inner.AsList()], (Func<object?> read) => Assert.Equal("OOM", Assert.Throws<RedisServerException>(read).Code));
    }

    [Fact]
    public void Error_IsShownInOneLineOfBoundedLength()
    {
        var exception = new RedisServerException($"ERR \u001b[31m\n{new string('x', 4000)}");
        Assert.StartsWith("ERR  [31m x", exception.Message, StringComparison.Ordinal);
        Assert.Equal((512, "ERR"), (exception.Message.Length, exception.Code));
    }

    private static RedisReply Read(string written)
    {
        ReadOnlySpan<byte> bytes = Replies.Bytes(written);
        Assert.True(new RespReader().TryRead(ref bytes, out var reply));
        return reply;
    }
}
