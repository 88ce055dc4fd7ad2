using System.Text;

namespace Platform.Host.Configuration;

/// <summary>A file's text, read whole and found fit to be parsed: within the size limit, UTF-8, no control characters.</summary>
public sealed class SourceText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SourceText(string name, ReadOnlyMemory<byte> bytes, string text) => (Name, Bytes, Text) = (name, bytes, text);

    /// <summary>The file's name as problems show it.</summary>
    public string Name { get; }

    /// <summary>The bytes without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The text without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>Reads a file; null where that failed, with the reason added to <paramref name="problems"/>.</summary>
    public static SourceText? Load(string path, string name, DocumentLimits limits, ICollection<Problem> problems)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            // One byte more than allowed tells a file that is too large, also where its length is not known before.
            var rest = limits.MaxBytes + 1;
            var buffer = new byte[16 * 1024];
            for (int read; rest > 0 && (read = file.Read(buffer, 0, Math.Min(buffer.Length, rest))) > 0; rest -= read) bytes.Write(buffer, 0, read);
            return From(bytes.ToArray(), name, limits, problems);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new(name, 0, 0, $"no such file; expected it at {path}. Create it, or name another with --config."));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(name, 0, 0, $"can't be read ({Quoted.Escape(unreadable.Message)}); expected a file the server may read. Check its kind and its permissions."));
        }

        return null;
    }

    /// <summary>Checks bytes already read; null where they are not fit, with the reason added to <paramref name="problems"/>.</summary>
    public static SourceText? From(ReadOnlyMemory<byte> bytes, string name, DocumentLimits limits, ICollection<Problem> problems)
    {
        if (bytes.Length > limits.MaxBytes)
        {
            problems.Add(new(name, 0, 0, $"larger than {limits.MaxBytes / 1024} KB; expected at most {limits.MaxBytes / 1024} KB. Nothing of it was read."));
            return null;
        }

        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            var text = Utf8.GetString(bytes.Span);
            var control = IndexOfControl(text);
            if (control < 0) return new(name, bytes, text);
            problems.Add(PositionOf(text.AsSpan(0, control), name).Problem($"the control character U+{(int)text[control]:X4}; expected text. Remove it."));
        }
        catch (DecoderFallbackException broken)
        {
            var before = Encoding.UTF8.GetString(bytes.Span[..Math.Max(0, broken.Index)]);
            problems.Add(PositionOf(before, name).Problem("bytes that are not UTF-8; expected a text file in UTF-8. Save it in that encoding."));
        }

        return null;
    }

    // A parser that takes NUL for the end of the file, or U+2028 for a line's end within a comment, sees other keys than the reader of the file.
    private static int IndexOfControl(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\t' or '\n' or '\r') continue;
            if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF') return i;
        }

        return -1;
    }

    private static Position PositionOf(ReadOnlySpan<char> before, string name) =>
        new(name, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
}
