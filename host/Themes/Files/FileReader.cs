using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Platform.Host.Configuration;

namespace Platform.Host.Themes.Files;

/// <summary>Reads one template: UTF-8, at most 256 KB.</summary>
internal static class FileReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null where the file went away meanwhile.</summary>
    public static DiskFile? Read(string path, string shown)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(file, shown, RandomAccess.GetLength(file));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Refused(shown, "unreadable", 0, 0, $"the file can't be read: {failure.Message} Correct its permissions.");
        }
    }

    private static DiskFile Read(SafeFileHandle file, string shown, long expected)
    {
        // One byte more tells a file that is longer than expected, or than allowed.
        var most = (int)Math.Min(expected, Templating.TemplateSource.MaxBytes) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = 0;
            for (var count = 1; count > 0 && length < most; length += count) count = RandomAccess.Read(file, buffer.AsSpan(length, most - length), length);
            var hasGrown = length == most && length <= Templating.TemplateSource.MaxBytes;
            return hasGrown ? Read(file, shown, Templating.TemplateSource.MaxBytes) : Read(buffer.AsSpan(0, length), shown);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DiskFile Read(ReadOnlySpan<byte> bytes, string shown)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (bytes.Length > Templating.TemplateSource.MaxBytes) return Refused(shown, hash, 0, 0, $"the file is larger than {Templating.TemplateSource.MaxBytes / 1024} KB. Move parts of it into partials.");
        var content = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            return new(shown, hash, Strict.GetString(content), null);
        }
        catch (DecoderFallbackException)
        {
            var good = 0;
            while (good < content.Length && Rune.DecodeFromUtf8(content[good..], out _, out var length) == OperationStatus.Done) good += length;
            var (line, column) = TextPlace.Of(Strict.GetString(content[..good]), int.MaxValue);
            return Refused(shown, hash, line, column, $"byte 0x{content[good]:X2} is no UTF-8. Save the file as UTF-8.");
        }
    }

    private static DiskFile Refused(string shown, string hash, int line, int column, string message) =>
        new(shown, hash, null, new Problem(shown, line, column, message));
}
