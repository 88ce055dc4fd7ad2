using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Platform.Bench;

/// <summary>The truth of which a page is a copy: a file with a number for each page, which the driver changes in place.</summary>
internal sealed class VersionFile(string path)
{
    private readonly SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    internal uint Of(int page)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        RandomAccess.Read(file, bytes, (long)page * sizeof(uint));
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
