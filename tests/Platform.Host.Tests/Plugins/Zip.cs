using System.IO.Compression;
using System.Text;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Tests.Plugins;

/// <summary>An archive written byte by byte, so that it can say what no tool would write.</summary>
internal sealed class Zip
{
    private readonly List<Entry> entries = [];

    internal byte[] Before { get; init; } = [];

    internal byte[] Comment { get; init; } = [];

    internal int? Count { get; init; }

    internal int Disk { get; init; }

    /// <summary>What every package has.</summary>
    internal static Zip Package(string name = "news") => new Zip().Add($"{name}/{name}.dll", "an assembly").Add($"{name}/plugin.yaml", $"name: {name}\n");

    internal Zip Add(string name, string content = "x") => Add(new Entry(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(content)));

    internal Zip Add(Entry entry)
    {
        entries.Add(entry);
        return this;
    }

    internal byte[] Bytes()
    {
        var (content, directory) = (new MemoryStream(), new MemoryStream());
        content.Write(Before);
        foreach (var entry in entries)
        {
            var offset = entry.Offset ?? (uint)content.Position;
            var packed = entry.Packed ?? (entry.Method == 8 ? Deflated(entry.Content) : entry.Content);
            var checksum = new Checksum();
            checksum.Add(entry.Content);
            var crc = entry.Crc ?? checksum.Value;
            var (packedSize, size) = (entry.PackedSize ?? (uint)packed.Length, entry.Size ?? (uint)entry.Content.Length);
            using (var local = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
            {
                Write(local, 0x04034b50u, (ushort)20, entry.Flags, entry.Method, 0u, crc, packedSize, size, (ushort)(entry.LocalName ?? entry.Name).Length, (ushort)0);
                local.Write(entry.LocalName ?? entry.Name);
                local.Write(packed);
            }

            using var header = new BinaryWriter(directory, Encoding.UTF8, leaveOpen: true);
            Write(header, 0x02014b50u, (ushort)0x0314, (ushort)20, entry.Flags, entry.Method, 0u, crc, packedSize, size, (ushort)entry.Name.Length, (ushort)0, (ushort)0, (ushort)0, (ushort)0, (uint)entry.Mode << 16, offset);
            header.Write(entry.Name);
        }

        var begin = (uint)content.Position;
        directory.WriteTo(content);
        var count = (ushort)(Count ?? entries.Count);
        using (var end = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            Write(end, 0x06054b50u, (ushort)Disk, (ushort)Disk, count, count, (uint)directory.Length, begin, (ushort)Comment.Length);
            end.Write(Comment);
        }

        return content.ToArray();
    }

    private static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) deflate.Write(content);
        return packed.ToArray();
    }

    private static void Write(BinaryWriter writer, params object[] numbers)
    {
        foreach (var number in numbers)
        {
            if (number is ushort small) writer.Write(small);
            else writer.Write((uint)number);
        }
    }

    /// <summary>One entry, and what it says of itself where that is not so.</summary>
    internal sealed record Entry(byte[] Name, byte[] Content)
    {
        internal Entry(string name, string content = "x")
            : this(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(content))
        {
        }

        internal ushort Method { get; init; }

        internal ushort Flags { get; init; } = 0x0800;

        internal int Mode { get; init; } = 0x81A4;

        internal byte[]? Packed { get; init; }

        internal uint? Crc { get; init; }

        internal uint? Size { get; init; }

        internal uint? PackedSize { get; init; }

        internal uint? Offset { get; init; }

        internal byte[]? LocalName { get; init; }
    }
}
