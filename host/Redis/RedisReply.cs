using System.Globalization;
using System.Text;

namespace Platform.Host.Redis;

/// <summary>The kinds of replies.</summary>
public enum RedisReplyKind
{
    /// <summary>There is nothing.</summary>
    Null,

    /// <summary>A short text of Redis itself: <c>OK</c>, <c>PONG</c>.</summary>
    Status,

    /// <summary>An error.</summary>
    Error,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Replies in a row.</summary>
    List,
}

/// <summary>What Redis has answered. Who reads it as another kind than it is gets an exception: the error it is, or <see cref="RedisProtocolException"/>.</summary>
public sealed class RedisReply
{
    private readonly object? content;
    private readonly long number;

    private RedisReply(RedisReplyKind kind, object? content = null, long number = 0) => (Kind, this.content, this.number) = (kind, content, number);

    /// <summary>The kind.</summary>
    public RedisReplyKind Kind { get; }

    /// <summary>True where there is nothing.</summary>
    public bool IsNull => Kind == RedisReplyKind.Null;

    internal static RedisReply Null { get; } = new(RedisReplyKind.Null);

    /// <summary>The bytes; null where there are none.</summary>
    public byte[]? AsBytes() => IsNull ? null : content as byte[] ?? throw Unexpected("bytes");

    /// <summary>The text of bytes or of a status; null where there is none.</summary>
    public string? AsText() => Kind switch
    {
        RedisReplyKind.Null => null,
        RedisReplyKind.Status => (string)content!,
        RedisReplyKind.Bytes => Encoding.UTF8.GetString((byte[])content!),
        _ => throw Unexpected("a text"),
    };

    /// <summary>The whole number, also one that is written as a text.</summary>
    public long AsInteger() => Kind switch
    {
        RedisReplyKind.Number => number,
        RedisReplyKind.Bytes when long.TryParse((byte[])content!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw Unexpected("a whole number"),
    };

    /// <summary>The number, also one that is written as a text: a score.</summary>
    public double AsNumber() => Kind switch
    {
        RedisReplyKind.Number => number,
        RedisReplyKind.Bytes when double.TryParse((byte[])content!, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw Unexpected("a number"),
    };

    /// <summary>The replies in a row; none where there is no list.</summary>
    public IReadOnlyList<RedisReply> AsList() => IsNull ? [] : content as RedisReply[] ?? throw Unexpected("a list");

    internal static RedisReply Status(string text) => new(RedisReplyKind.Status, text);

    internal static RedisReply Error(string text) => new(RedisReplyKind.Error, text);

    internal static RedisReply Number(long number) => new(RedisReplyKind.Number, null, number);

    internal static RedisReply Bytes(byte[] bytes) => new(RedisReplyKind.Bytes, bytes);

    internal static RedisReply List(RedisReply[] replies) => new(RedisReplyKind.List, replies);

    /// <summary>The exception for a caller who can't use this reply.</summary>
    internal Exception Unexpected(string expected) => Kind == RedisReplyKind.Error
        ? new RedisServerException((string)content!)
        : new RedisProtocolException($"Redis answered with {Kind}; expected {expected}");
}
