using System.Text;

namespace Platform.Host.Pipeline;

/// <summary>
/// An access line in UTF-8: time, INF, client, method, target, status, bytes, milliseconds, outcome of the cache, id of the
/// request. Written into the caller's memory, without a text in between.
/// </summary>
internal ref struct AccessLine(Span<byte> memory)
{
    private const int Fixed = 256;
    private const int LongestEscape = 6;

    private readonly Span<byte> memory = memory;
    private int length;

    /// <summary>Bytes that are enough for the record's line.</summary>
    public static int LengthOf(in AccessRecord record) => Fixed + (LongestEscape * (record.Method.Length + record.Target.Length + record.Cache.Length + record.RequestId.Length));

    /// <summary>Writes the line.</summary>
    /// <param name="record">What it says.</param>
    /// <param name="ended">When the request ended, in UTC.</param>
    /// <param name="memory">At least <see cref="LengthOf"/> bytes.</param>
    /// <returns>Its length, line feed included.</returns>
    public static int Write(in AccessRecord record, DateTime ended, Span<byte> memory)
    {
        var line = new AccessLine(memory);
        line.Time(ended);
        line.Bytes(" INF "u8);
        line.length += record.Client.TryFormat(line.Rest, out var written) ? written : 0;
        line.Byte(' ');
        line.Text(record.Method);
        line.Byte(' ');
        line.Text(record.Target);
        line.Byte(' ');
        line.Number(record.Status);
        line.Byte(' ');
        line.Number(record.Bytes);
        line.Byte(' ');
        line.Milliseconds(record.Taken);
        line.Bytes(" ms ["u8);
        line.Text(record.Cache);
        line.Bytes("] "u8);
        line.Text(record.RequestId);
        line.Byte('\n');
        return line.length;
    }

    private readonly Span<byte> Rest => memory[length..];

    /// <summary>Local time, as the other lines of the log have it.</summary>
    private void Time(DateTime at)
    {
        var second = AccessSecond.Of(at);
        Bytes(second.Text);
        Digits((int)(at.Ticks / TimeSpan.TicksPerMillisecond % 1000), 3);
    }

    private void Milliseconds(TimeSpan taken)
    {
        var hundredths = (taken.Ticks + 50) / 100;
        Number(hundredths / 100);
        Byte('.');
        Digits((int)(hundredths % 100), 2);
    }

    private void Digits(int number, int count)
    {
        for (var i = count - 1; i >= 0; i--, number /= 10) memory[length + i] = (byte)('0' + (number % 10));
        length += count;
    }

    private void Number(long number)
    {
        number.TryFormat(Rest, out var written);
        length += written;
    }

    private void Byte(char c) => memory[length++] = (byte)c;

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Rest);
        length += bytes.Length;
    }

    private void Text(string text)
    {
        if (Printable.IsPlain(text))
        {
            length += Encoding.ASCII.GetBytes(text, Rest);
            return;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (Printable.Allows(text[i]) && Rune.TryGetRuneAt(text, i, out var rune))
            {
                length += rune.EncodeToUtf8(Rest);
                i += rune.Utf16SequenceLength - 1;
                continue;
            }

            Bytes("\\u"u8);
            for (var shift = 12; shift >= 0; shift -= 4) Byte("0123456789abcdef"[(text[i] >> shift) & 15]);
        }
    }
}

/// <summary>The text of a second, which thousands of lines have in common.</summary>
internal sealed class AccessSecond
{
    private static AccessSecond last = new(0);

    private readonly long number;

    private AccessSecond(long number)
    {
        this.number = number;
        Text = Encoding.ASCII.GetBytes(new DateTime(number * TimeSpan.TicksPerSecond, DateTimeKind.Utc).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss."));
    }

    /// <summary>Date and time, up to the period before the milliseconds.</summary>
    public byte[] Text { get; }

    /// <summary>The second of a time in UTC.</summary>
    public static AccessSecond Of(DateTime at)
    {
        var (number, known) = (at.Ticks / TimeSpan.TicksPerSecond, Volatile.Read(ref last));
        if (known.number == number) return known;
        Volatile.Write(ref last, known = new(number));
        return known;
    }
}
