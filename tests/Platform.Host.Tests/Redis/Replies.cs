using System.Text;
using Platform.Host.Redis;
using Platform.Host.Tests.Transport;

namespace Platform.Host.Tests.Redis;

/// <summary>Replies as texts, and texts as replies.</summary>
internal static class Replies
{
    internal static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A reply as one line: <c>[+OK, 7, "a", null]</c>.</summary>
    internal static string Shown(RedisReply reply) => reply.Kind switch
    {
        RedisReplyKind.Null => "null",
        RedisReplyKind.Status => $"+{reply.AsText()}",
        RedisReplyKind.Error => $"-{Assert.Throws<RedisServerException>(reply.AsText).Message}",
        RedisReplyKind.Number => $"{reply.AsInteger()}",
        RedisReplyKind.Bytes => $"\"{Encoding.Latin1.GetString(reply.AsBytes()!)}\"",
        _ => $"[{string.Join(", ", reply.AsList().Select(Shown))}]",
    };

    /// <summary>All replies of a stream that comes in pieces.</summary>
    internal static List<string> Read(RespReader reader, params byte[][] pieces)
    {
        var found = new List<string>();
        foreach (var piece in pieces)
        {
            ReadOnlySpan<byte> left = piece;
            while (reader.TryRead(ref left, out var reply)) found.Add(Shown(reply));
            Assert.Equal(0, left.Length);
        }

        return found;
    }

    /// <summary>Why a connection has ended that is about to.</summary>
    internal static async Task<RedisConnectionException> FailureAsync(this RedisConnection connection)
    {
        await connection.Ended.InTime();
        return await Assert.ThrowsAsync<RedisConnectionException>(() => connection.SendAsync(new("PING")));
    }
}
