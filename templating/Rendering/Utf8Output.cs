using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Platform.Templating.Rendering;

/// <summary>The page while it grows: UTF-8, escaped, lines indented as the partials that they come from are.</summary>
internal sealed class Utf8Output
{
    private const int FirstLength = 16 * 1024;
    private const int KeptLength = 512 * 1024;
    private const int LongestPiece = 4096;
    private const int LongestNumber = 64;
    private const int Slack = 16;

    private byte[] buffer = new byte[FirstLength];
    private long limit;
    private int length;

    // What every line begins with, and how much of it the next letter still needs before it; -1 for nothing.
    private byte[] prefix = [];
    private int pending = -1;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public int Length => length;

    public void Open(long maxBytes)
    {
        (limit, length, pending, prefix) = (maxBytes, 0, -1, []);
        if (buffer.Length > KeptLength) buffer = new byte[FirstLength];
    }

    /// <summary>Text of a template.</summary>
    public void Write(StaticText text)
    {
        if (prefix.Length > 0)
        {
            WriteIndented(text);
            return;
        }

        Append(text.Bytes);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - length) Grow(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>A value as <c>{{value}}</c> or <c>{{{value}}}</c> prints it.</summary>
    public void WriteValue(object? value, bool isEscaped)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                Write(text, isEscaped);
                return;
            case long number:
                WriteNumber(number);
                return;
            case double number when number == (long)number && Math.Abs(number) < 1L << 53:
                WriteNumber((long)number);
                return;
            case SafeString safe:
                Write(safe.Value, false);
                return;
            default:
                Write(TemplateValue.Text(value), isEscaped);
                return;
        }
    }

    public void Write(string text, bool isEscaped)
    {
        var start = length;
        var rest = text.AsSpan();
        while (rest.Length > LongestPiece)
        {
            var end = char.IsHighSurrogate(rest[LongestPiece - 1]) ? LongestPiece - 1 : LongestPiece;
            WritePiece(rest[..end], isEscaped);
            rest = rest[end..];
        }

        WritePiece(rest, isEscaped);
        if (prefix.Length > 0) Indent(start);
    }

    public void WriteNumber(long number)
    {
        if (buffer.Length - length < LongestNumber) Grow(LongestNumber);
        var start = length;
        Utf8Formatter.TryFormat(number, buffer.AsSpan(length), out var count);
        length += count;
        if (prefix.Length > 0) Indent(start);
    }

    /// <summary>Begins lines with more, until <see cref="Leave"/>.</summary>
    /// <returns>What <see cref="Leave"/> needs.</returns>
    public byte[] Enter(byte[] longer)
    {
        var outer = prefix;
        if (pending < 0) pending = outer.Length;
        prefix = longer;
        return outer;
    }

    /// <summary>Back to the lines of the caller; what no letter followed is not indented.</summary>
    public void Leave(byte[] outer)
    {
        if (pending >= outer.Length) pending = -1;
        prefix = outer;
    }

    public byte[] Prefix => prefix;

    /// <summary>Takes what was written since a length away again, as text.</summary>
    public string TakeFrom(int start)
    {
        var text = Encoding.UTF8.GetString(buffer, start, length - start);
        length = start;
        return text;
    }

    /// <summary>Writes without indentation until <see cref="Resume"/>: what is captured is indented when it is written.</summary>
    public (byte[] Prefix, int Pending) Suspend()
    {
        var state = (prefix, pending);
        (prefix, pending) = ([], -1);
        return state;
    }

    public void Resume((byte[] Prefix, int Pending) state) => (prefix, pending) = state;

    private void WritePiece(ReadOnlySpan<char> text, bool isEscaped)
    {
        var most = (text.Length * HtmlText.LongestEntity) + Slack;
        if (buffer.Length - length < most) Grow(most);
        var rest = buffer.AsSpan(length);
        length += isEscaped ? HtmlText.Escape(text, rest) : Encoding.UTF8.GetBytes(text, rest);
    }

    private void WriteIndented(StaticText text)
    {
        var bytes = text.Indented(prefix);
        if (bytes.Length == 0) return;
        WritePending();
        Append(bytes);
        if (bytes[^1] == '\n') pending = 0;
    }

    private void WritePending()
    {
        if (pending < 0) return;
        var from = pending;
        pending = -1;
        Append(prefix.AsSpan(from));
    }

    /// <summary>Indents the lines of what was written since a length.</summary>
    private void Indent(int start)
    {
        if (length == start || (pending < 0 && !buffer.AsSpan(start, length - start).Contains((byte)'\n'))) return;
        var written = buffer.AsSpan(start, length - start).ToArray().AsSpan();
        length = start;
        while (written.Length > 0)
        {
            WritePending();
            var end = written.IndexOf((byte)'\n') + 1;
            if (end > 0) pending = 0;
            else end = written.Length;
            Append(written[..end]);
            written = written[end..];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more)
    {
        if (length > limit) throw new RenderStop(RenderLimit.Output, $"the page has more than {limit >> 10:N0} KB; it is not shown. Show less on it.");
        Array.Resize(ref buffer, (int)Math.Max(Math.Min(buffer.Length * 2L, Array.MaxLength), length + (long)more));
    }

    public void CheckLimit()
    {
        if (length > limit) Grow(0);
    }
}

/// <summary>A limit that was reached; the rendering adds the place.</summary>
internal sealed class RenderStop(RenderLimit limit, string message) : Exception(message)
{
    public RenderLimit Limit => limit;
}
