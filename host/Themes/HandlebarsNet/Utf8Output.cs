using System.Buffers;
using System.Text;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>Writes text as UTF-8 straight into the output, counts its bytes, and indents the lines of indented partials.</summary>
internal sealed class Utf8Output : TextWriter
{
    private const int SliceLetters = 1024;
    private const int ShortLetters = 48;

    private readonly Stack<string> indents = new();
    private readonly byte[] chunk = new byte[16 * 1024];
    private IBufferWriter<byte> output = null!;
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
        used = 0;
        indents.Clear();
        indent = "";
        atLineStart = false;
    }

    public void Complete()
    {
        output.Write(chunk.AsSpan(0, used));
        used = 0;
    }

    public override void Close()
    {
        used = 0;
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
        while (text.Length > 0)
        {
            // Long stretches without a sign go the vectorised way, short ones letter by letter.
            var clean = text.Length <= ShortLetters ? 0 : text.IndexOfAny(HtmlSigns.All);
            if (clean < 0) clean = text.Length;
            if (clean > 0) Write(text[..clean]);
            text = text[clean..];
            var part = text[..Math.Min(text.Length, ShortLetters)];
            if (part.Length > 0 && char.IsHighSurrogate(part[^1]) && text.Length > part.Length) part = part[..^1];
            PutEscaped(part);
            text = text[part.Length..];
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

    /// <summary>Text of the template, encoded when it was compiled.</summary>
    public void Write(StaticText text)
    {
        if (indent.Length > 0) Write(text.Letters.AsSpan());
        else Put(text.Bytes);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (chunk.Length - used < bytes.Length)
        {
            Complete();
            if (bytes.Length > chunk.Length)
            {
                Count(bytes.Length);
                output.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(chunk.AsSpan(used));
        used += bytes.Length;
        Count(bytes.Length);
    }

    private void PutEscaped(ReadOnlySpan<char> text)
    {
        if (indent.Length > 0 || !Ascii.IsValid(text))
        {
            for (var sign = text.IndexOfAny(HtmlSigns.All); sign >= 0; sign = text.IndexOfAny(HtmlSigns.All))
            {
                if (sign > 0) Write(text[..sign]);
                Write(HtmlSigns.Entity(text[sign]).AsSpan());
                text = text[(sign + 1)..];
            }

            Write(text);
            return;
        }

        if (chunk.Length - used < text.Length * HtmlSigns.LongestEntity) Complete();
        var before = used;
        foreach (var letter in text)
        {
            var entity = HtmlSigns.Bytes(letter);
            if (entity is null)
            {
                chunk[used++] = (byte)letter;
            }
            else
            {
                entity.CopyTo(chunk, used);
                used += entity.Length;
            }
        }

        Count(used - before);
    }

    private void PutSlice(ReadOnlySpan<char> text)
    {
        if (chunk.Length - used < text.Length * 3) Complete();
        var bytes = Encoding.UTF8.GetBytes(text, chunk.AsSpan(used));
        used += bytes;
        Count(bytes);
    }

    private void Count(int bytes)
    {
        left -= bytes;
        if (left < 0) throw new RenderStopped($"the page is larger than {limit / 1024} KB; the limit is templates.max_output_kb. Show less on the page.");
    }
}

/// <summary>Text between tags, as letters and as UTF-8.</summary>
internal sealed class StaticText(string letters)
{
    public string Letters => letters;

    public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(letters);
}
