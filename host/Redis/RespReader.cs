using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Platform.Host.Redis;

/// <summary>
/// Reads replies as Redis writes them (RESP2), from pieces of any size. It trusts nobody: whatever is not exactly such a
/// reply, or larger than allowed, is an exception as soon as its first byte says so, before anything is kept for it.
/// </summary>
public sealed class RespReader
{
    /// <summary>Lists within each other. No command used answers with more than two.</summary>
    public const int MaxDepth = 8;

    /// <summary>Elements of all lists of a reply together: twice what a page of a sorted set has.</summary>
    public const int MaxElements = 10_000;

    /// <summary>The longest status or error, bytes. Redis cuts off what it repeats of a command.</summary>
    public const int MaxLine = 4096;

    private const int MaxHeader = 23;

    private readonly byte[] line = new byte[1 + MaxLine + 2];
    private readonly RedisReply[][] lists = new RedisReply[MaxDepth][];
    private readonly int[] filled = new int[MaxDepth];
    private int lineLength;
    private int depth;
    private int elements;
    private int taken;
    private byte[]? bulk;
    private int bulkLength;

    /// <summary>All texts of a reply together at most, bytes; one of <see cref="MaxLine"/> is always allowed.</summary>
    public int MaxBytes { get; set; } = RedisCommand.UsualMaxReplyBytes;

    /// <summary>True where the next byte begins a reply.</summary>
    public bool IsBetweenReplies => depth == 0 && lineLength == 0 && bulk is null;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Takes bytes until a reply is whole.</summary>
    /// <param name="input">What has come; afterwards what is left of it.</param>
    /// <param name="reply">The reply.</param>
    /// <returns>False where all bytes are taken and the reply is not whole yet.</returns>
    /// <exception cref="RedisProtocolException">This is no reply. The reader is of no use any more.</exception>
    public bool TryRead(ref ReadOnlySpan<byte> input, [NotNullWhen(true)] out RedisReply? reply)
    {
        while (!input.IsEmpty)
        {
            var element = bulk is null ? TakeLine(ref input) : TakeBulk(bulk, ref input);
            if (element is null || Place(element) is not { } whole) continue;
            (elements, taken) = (0, 0);
            reply = whole;
            return true;
        }

        reply = null;
        return false;
    }

    private RedisReply? TakeLine(ref ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf((byte)'\n');
        var part = end < 0 ? input : input[..(end + 1)];
        var kind = lineLength == 0 ? part[0] : line[0];
        var longest = kind switch
        {
            (byte)'+' or (byte)'-' => line.Length,
            (byte)':' or (byte)'$' or (byte)'*' => MaxHeader,
            _ => throw new RedisProtocolException($"a reply begins with the byte {kind}; expected + - : $ or *"),
        };
        if (part.Length > longest - lineLength) throw new RedisProtocolException($"a line of a reply has no end; expected one within {longest} bytes");
        part.CopyTo(line.AsSpan(lineLength));
        lineLength += part.Length;
        input = input[part.Length..];
        if (end < 0) return null;

        var whole = line.AsSpan(0, lineLength);
        if (whole.IndexOf((byte)'\r') != whole.Length - LineEnd.Length) throw new RedisProtocolException("a line of a reply does not end with CR LF");
        lineLength = 0;
        return Begin(kind, whole[1..^LineEnd.Length]);
    }

    /// <summary>What a line says; null where it only begins something.</summary>
    private RedisReply? Begin(byte kind, ReadOnlySpan<byte> content)
    {
        switch (kind)
        {
            case (byte)'+':
                Spend(content.Length);
                return RedisReply.Status(Encoding.UTF8.GetString(content));
            case (byte)'-':
                Spend(content.Length);
                return RedisReply.Error(Encoding.UTF8.GetString(content));
            case (byte)':':
                return RedisReply.Number(Number(content));
        }

        var length = Number(content);
        if (length == -1) return RedisReply.Null;
        if (length < 0) throw new RedisProtocolException($"a length of {length}");
        if (kind == (byte)'$')
        {
            Spend(length);
            (bulk, bulkLength) = (GC.AllocateUninitializedArray<byte>((int)length), 0);
            return null;
        }

        if (length > MaxElements - elements) throw new RedisProtocolException($"a list of {length}; expected at most {MaxElements} elements in a reply");
        if (length == 0) return RedisReply.List([]);
        if (depth == MaxDepth) throw new RedisProtocolException($"more than {MaxDepth} lists within each other");
        elements += (int)length;
        (lists[depth], filled[depth]) = (new RedisReply[length], 0);
        depth++;
        return null;
    }

    private RedisReply? TakeBulk(byte[] bytes, ref ReadOnlySpan<byte> input)
    {
        if (bulkLength < bytes.Length)
        {
            var part = input[..Math.Min(input.Length, bytes.Length - bulkLength)];
            part.CopyTo(bytes.AsSpan(bulkLength));
            bulkLength += part.Length;
            input = input[part.Length..];
            return null;
        }

        if (input[0] != LineEnd[bulkLength - bytes.Length]) throw new RedisProtocolException("the bytes of a reply do not end with CR LF where their length says so");
        input = input[1..];
        if (++bulkLength < bytes.Length + LineEnd.Length) return null;
        bulk = null;
        return RedisReply.Bytes(bytes);
    }

    /// <summary>Puts an element where it belongs.</summary>
    /// <returns>The reply, where this was the last of it.</returns>
    private RedisReply? Place(RedisReply element)
    {
        while (depth > 0)
        {
            var list = lists[depth - 1];
            list[filled[depth - 1]++] = element;
            if (filled[depth - 1] < list.Length) return null;
            depth--;
            element = RedisReply.List(list);
        }

        return element;
    }

    private void Spend(long length)
    {
        var left = Math.Max(MaxBytes, MaxLine) - taken;
        if (length > left) throw new RedisProtocolException($"a text of {length} bytes; expected at most {left} more in this reply");
        taken += (int)length;
    }

    /// <summary>A number as Redis writes it: no plus, no zeros in front, no spaces.</summary>
    private static long Number(ReadOnlySpan<byte> text)
    {
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        var isPlain = digits.Length > 0 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (digits[0] != (byte)'0' || text.Length == 1);
        return isPlain && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new RedisProtocolException("a number that is none, or too large");
    }
}
