using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.Host.Redis;

/// <summary>One word of a command: a text, bytes, or a number. It is sent with its length in front, so it may hold anything.</summary>
public readonly record struct RedisArgument
{
    private RedisArgument(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>What is sent.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A text, as UTF-8.</summary>
    public static implicit operator RedisArgument(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes; they must not change until the answer is there.</summary>
    public static implicit operator RedisArgument(byte[] bytes) => new(bytes);

    /// <summary>A whole number.</summary>
    public static implicit operator RedisArgument(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A command and its arguments: <c>new RedisCommand("SET", key, bytes, "PX", 5000)</c>.</summary>
/// <param name="words">The command's name, then its arguments.</param>
public sealed class RedisCommand(params RedisArgument[] words)
{
    /// <summary>What replies have at most, bytes, unless a command says otherwise.</summary>
    public const int UsualMaxReplyBytes = 65_536;

    private const int LongestHeader = 16;

    /// <summary>All texts of the reply together at most, bytes. One that is larger ends the connection, so ask for no more than this: with <c>GETRANGE</c>, <c>LIMIT</c>, <c>COUNT</c>.</summary>
    public int MaxReplyBytes { get; init; } = UsualMaxReplyBytes;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Writes it as Redis reads it.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        WriteHeader(output, (byte)'*', words.Length);
        foreach (var word in words)
        {
            WriteHeader(output, (byte)'$', word.Bytes.Length);
            output.Write(word.Bytes.Span);
            output.Write(LineEnd);
        }
    }

    private static void WriteHeader(IBufferWriter<byte> output, byte kind, int length)
    {
        var span = output.GetSpan(LongestHeader);
        span[0] = kind;
        length.TryFormat(span[1..], out var digits, default, CultureInfo.InvariantCulture);
        LineEnd.CopyTo(span[(1 + digits)..]);
        output.Advance(1 + digits + LineEnd.Length);
    }
}
