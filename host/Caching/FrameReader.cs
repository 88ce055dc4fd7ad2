using System.Buffers.Binary;
using System.Text;

namespace Platform.Host.Caching;

/// <summary>Reads the content of a frame. What does not fit makes it broken, and it then gives nothing but zeros; it never throws.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>True once something did not fit.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>True where all was read and fitted.</summary>
    internal readonly bool IsWhole => !IsBroken && rest.IsEmpty;

    /// <summary>A byte.</summary>
    internal byte Byte() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>A number within bounds.</summary>
    internal long Number(long least, long most)
    {
        var taken = Take(sizeof(long));
        var value = taken.IsEmpty ? least : BinaryPrimitives.ReadInt64LittleEndian(taken);
        if (value >= least && value <= most) return value;
        IsBroken = true;
        return least;
    }

    /// <summary>How many things follow, each of which takes at least <paramref name="size"/> bytes.</summary>
    internal int Count(int size)
    {
        var taken = Take(sizeof(int));
        var value = taken.IsEmpty ? 0 : BinaryPrimitives.ReadInt32LittleEndian(taken);
        if (value >= 0 && value <= rest.Length / size) return value;
        IsBroken = true;
        return 0;
    }

    /// <summary>Bytes, their count in front.</summary>
    internal ReadOnlySpan<byte> Bytes() => Take(Count(1));

    /// <summary>A text, the count of its bytes in front.</summary>
    internal string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Texts, their count in front.</summary>
    internal string[] Texts()
    {
        var texts = new string[Count(sizeof(int))];
        for (var i = 0; i < texts.Length; i++) texts[i] = Text();
        return texts;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (IsBroken || count > rest.Length)
        {
            IsBroken = true;
            return [];
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
