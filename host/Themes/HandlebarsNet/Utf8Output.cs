using System.Buffers;
using System.Text;
using Platform.Host.Themes.Helpers;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>Writes text as UTF-8 straight into the output, counts its bytes, and indents the lines of indented partials.</summary>
internal sealed class Utf8Output : TextWriter
{
    private const int ChunkBytes = 4096;
    private const int SliceLetters = 1024;

    private readonly Stack<string> indents = new();
    private IBufferWriter<byte> output = null!;
    private Memory<byte> chunk;
    private int used;
    private long left;
    private string indent = "";
    private bool atLineStart;
    private long limit;

    public override Encoding Encoding => Encoding.UTF8;

    public override IFormatProvider FormatProvider => System.Globalization.CultureInfo.InvariantCulture;

    public void Open(IBufferWriter<byte> target, long maxBytes)
    {
        output = target;
        (left, limit) = (maxBytes, maxBytes);
        (chunk, used) = (default, 0);
        indents.Clear();
        indent = "";
        atLineStart = false;
    }

    public void Complete()
    {
        if (used > 0) output.Advance(used);
        (chunk, used) = (default, 0);
    }

    public override void Close()
    {
        (chunk, used) = (default, 0);
        output = null!;
    }

    /// <summary>From here on each line starts with <paramref name="more"/>, inside what is in force already.</summary>
    public void Indent(string more)
    {
        indents.Push(indent);
        indent += more;
        atLineStart = true;
    }

    public void Unindent() => indent = indents.Pop();

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (indent.Length == 0)
        {
            Put(buffer);
            return;
        }

        while (buffer.Length > 0)
        {
            if (atLineStart) Put(indent);
            var end = buffer.IndexOf('\n');
            atLineStart = end >= 0;
            var line = end >= 0 ? buffer[..(end + 1)] : buffer;
            Put(line);
            buffer = buffer[line.Length..];
        }
    }

    public void WriteEscaped(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var sign = text.IndexOfAny(HtmlSigns.All);
            if (sign < 0)
            {
                Write(text);
                return;
            }

            if (sign > 0) Write(text[..sign]);
            Write(HtmlSigns.Entity(text[sign]).AsSpan());
            text = text[(sign + 1)..];
        }
    }

    public void WriteNumber(long number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var count, provider: System.Globalization.CultureInfo.InvariantCulture);
        Write(digits[..count]);
    }

    private void Put(ReadOnlySpan<char> text)
    {
        while (text.Length > SliceLetters)
        {
            var end = char.IsHighSurrogate(text[SliceLetters - 1]) ? SliceLetters - 1 : SliceLetters;
            PutSlice(text[..end]);
            text = text[end..];
        }

        PutSlice(text);
    }

    private void PutSlice(ReadOnlySpan<char> text)
    {
        if (chunk.Length - used < text.Length * 3)
        {
            Complete();
            chunk = output.GetMemory(ChunkBytes);
        }

        var bytes = Encoding.UTF8.GetBytes(text, chunk.Span[used..]);
        used += bytes;
        left -= bytes;
        if (left < 0) throw new RenderStopped($"the page is larger than {limit / 1024} KB; the limit is templates.max_output_kb. Show less on the page.");
    }
}
