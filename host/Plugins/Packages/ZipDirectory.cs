using System.Buffers.Binary;
using System.Text;

namespace Platform.Host.Plugins.Packages;

/// <summary>
/// Reads the directory at the end of an archive. Written for foreign bytes: every number is checked before it is used, and
/// what two readers could take for two things is refused.
/// </summary>
internal static class ZipDirectory
{
    private const int EndSize = 22, HeaderSize = 46, LocalSize = 30, LongestComment = 65_535;
    private const uint EndMark = 0x06054b50, HeaderMark = 0x02014b50, LocalMark = 0x04034b50;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The entries.</summary>
    /// <exception cref="PackageException">It is no archive, or one that is not taken.</exception>
    internal static List<ZipEntry> Read(Stream archive)
    {
        var end = FindEnd(archive, out var endAt);
        if (U16(end, 4) != 0 || U16(end, 6) != 0 || U16(end, 8) != U16(end, 10)) throw new PackageException("it is one part of several; expected a whole archive.");
        var (count, size, offset) = (U16(end, 10), U32(end, 12), U32(end, 16));
        if (count == 0xFFFF || size == uint.MaxValue || offset == uint.MaxValue) throw new PackageException($"it is in the zip64 format, which is for what is larger than a plugin may be; expected at most {PackageLimits.Entries:N0} files and {PackageLimits.Bytes >> 20} MB.");
        if (count == 0) throw new PackageException("it is empty; expected one folder with a plugin in it.");
        if (count > PackageLimits.Entries) throw new PackageException($"{count} entries; expected at most {PackageLimits.Entries:N0}.");
        if ((long)offset + size != endAt) throw new PackageException("its directory is not where its end says; expected a whole zip archive, with nothing before or between. Make it or copy it again.");
        // No more than an entry can need, whatever the archive says.
        if (size > count * (HeaderSize + 4096L)) throw new PackageException("its directory is larger than that of a plugin; expected paths and notes of common length.");

        var bytes = new byte[size];
        archive.Position = offset;
        archive.ReadExactly(bytes);
        var (entries, at) = (new List<ZipEntry>(count), 0);
        for (var i = 0; i < count; i++) entries.Add(Entry(bytes, ref at, offset));
        if (at != bytes.Length) throw new PackageException("its directory holds more than its end says; expected a whole zip archive. Make it or copy it again.");
        return entries;
    }

    /// <summary>Where the content of an entry begins, once its own header has been found to say the same as the directory.</summary>
    internal static long ContentOf(Stream archive, ZipEntry entry)
    {
        var header = new byte[LocalSize];
        if (entry.Offset + LocalSize > archive.Length) throw Torn(entry.Path);
        archive.Position = entry.Offset;
        archive.ReadExactly(header);
        if (U32(header, 0) != LocalMark) throw Torn(entry.Path);
        var (name, begin) = (new byte[U16(header, 26)], entry.Offset + LocalSize + U16(header, 26) + U16(header, 28));
        if (begin + entry.PackedBytes > archive.Length) throw Torn(entry.Path);
        archive.ReadExactly(name);
        if (Name(name) is var local && local != entry.Path + (entry.IsFolder ? "/" : "")) throw new PackageException($"{PackagePath.Shown(entry.Path)}: the entry itself says {PackagePath.Shown(local)}; expected one name.");
        return begin;
    }

    private static ZipEntry Entry(byte[] bytes, ref int at, uint directory)
    {
        if (at + HeaderSize > bytes.Length || U32(bytes, at) != HeaderMark) throw new PackageException("its directory is cut off; expected a whole zip archive. Make it or copy it again.");
        var header = bytes.AsSpan(at, HeaderSize).ToArray();
        var (name, extra, comment) = (U16(header, 28), U16(header, 30), U16(header, 32));
        if (at + HeaderSize + name + extra + comment > bytes.Length) throw new PackageException("its directory is cut off; expected a whole zip archive. Make it or copy it again.");
        var path = Name(bytes.AsSpan(at + HeaderSize, name));
        at += HeaderSize + name + extra + comment;

        var (flags, method, isFolder) = (U16(header, 8), U16(header, 10), path.EndsWith('/'));
        var (packed, size, offset) = (U32(header, 20), U32(header, 24), U32(header, 42));
        if (isFolder) path = path[..^1];
        var shown = PackagePath.Shown(path);
        if (PackagePath.Problem(path) is { } problem) throw new PackageException(problem);
        if ((flags & 0x2041) != 0) throw new PackageException($"{shown}: encrypted; expected an archive without a password.");
        if (method is not (0 or 8)) throw new PackageException($"{shown}: compressed by method {method}; expected stored (0) or deflated (8).");
        if (packed == uint.MaxValue || size == uint.MaxValue || offset == uint.MaxValue) throw new PackageException($"{shown}: in the zip64 format; expected a file of at most {PackageLimits.Bytes >> 20} MB.");
        if (U16(header, 34) != 0 || offset >= directory) throw Torn(path);
        if (size > PackageLimits.Bytes) throw TooLarge();
        if (method == 0 && packed != size) throw Torn(path);
        if (isFolder && size != 0) throw new PackageException($"{shown}: a folder with content; expected a file, or an empty entry.");
        // Whatever system the archive says it was made on: the upper half is where Unix keeps the kind of file.
        var kind = U32(header, 38) >> 16 & 0xF000;
        if (kind is not (0 or 0x8000 or 0x4000)) throw new PackageException($"{shown}: {(kind == 0xA000 ? "a link" : "a device, pipe or socket")}; expected plain files and folders.");
        if (kind == 0x4000 && !isFolder) throw new PackageException($"{shown}: a folder whose name does not end with /; expected plain files and folders.");
        return new(path, isFolder, method == 8, U32(header, 16), packed, size, offset);
    }

    private static byte[] FindEnd(Stream archive, out long endAt)
    {
        if (archive.Length > PackageLimits.Bytes) throw new PackageException($"it is larger than {PackageLimits.Bytes >> 20} MB; expected a plugin.");
        var tail = new byte[(int)Math.Min(archive.Length, EndSize + LongestComment)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        for (var at = tail.Length - EndSize; at >= 0; at--)
        {
            // The comment reaches exactly to the end; nothing that only looks like an end does.
            if (U32(tail, at) != EndMark || at + EndSize + U16(tail, at + 20) != tail.Length) continue;
            endAt = archive.Length - tail.Length + at;
            return tail[at..(at + EndSize)];
        }

        throw new PackageException(tail.Length >= 4 && U32(tail.Length < EndSize + LongestComment ? tail : Head(archive), 0) == LocalMark
            ? "it is cut off; expected a whole zip archive. Copy it again."
            : "it is not a zip archive; expected one that \"platform pack\" has made.");
    }

    private static byte[] Head(Stream archive)
    {
        var head = new byte[4];
        archive.Position = 0;
        archive.ReadExactly(head);
        return head;
    }

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new PackageException($"{PackagePath.Shown(Encoding.Latin1.GetString(bytes))}: not UTF-8; expected names in UTF-8.");
        }
    }

    internal static PackageException TooLarge() => new($"it holds more than {PackageLimits.Bytes >> 20} MB; expected a plugin.");

    internal static PackageException Torn(string path) => new($"{PackagePath.Shown(path)}: its content is not where the directory says, or not as it says; expected a whole zip archive. Make it or copy it again.");

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
