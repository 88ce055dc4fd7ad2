using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Platform.Bench.Templates.Rendering;

/// <summary>UTF-8 into the output's own memory; escapes as Handlebars.js does.</summary>
internal ref struct Utf8Page(IBufferWriter<byte> output)
{
    private const int LeastRoom = 8 * 1024;
    private const int LongestEntity = 6;

    private static readonly SearchValues<char> Signs = SearchValues.Create("&<>\"'`=");

    /// <summary>The signs &amp; &lt; &gt; " ' ` = differ in their low four bits: at each place the sign that has them, or a letter that has not.</summary>
    private static readonly Vector128<byte> SignByLowBits = Vector128.Create((byte)'`', 0, (byte)'"', 0, 0, 0, (byte)'&', (byte)'\'', 0, 0, 0, 0, (byte)'<', (byte)'=', (byte)'>', 0);

    private static readonly (ulong Letters, int Length)[] Entities = EntitiesByLowBits();
    private Span<byte> room = output.GetSpan(LeastRoom);
    private int used;

    public void Put(ReadOnlySpan<byte> bytes)
    {
        if (room.Length - used < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(room[used..]);
        used += bytes.Length;
    }

    public void Text(object? value)
    {
        if (value is string text) Escape(text);
        else if (value is long number) Number(number);
        else if (value is not null) throw new InvalidOperationException($"{value.GetType().Name}: this page has none.");
    }

    public void Html(object? value) => Plain((string?)value);

    public void Complete()
    {
        output.Advance(used);
        used = 0;
    }

    private void Number(long number)
    {
        if (room.Length - used < 20) Grow(20);
        Utf8Formatter.TryFormat(number, room[used..], out var written);
        used += written;
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        // A whole vector may be written where only its first letters count.
        var most = (text.Length * LongestEntity) + Vector128<byte>.Count;
        if (room.Length - used < most) Grow(most);
        ref var letters = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var start = ref MemoryMarshal.GetReference(room);
        ref var to = ref Unsafe.Add(ref start, used);
        var at = 0;
        while (text.Length - at >= Vector128<ushort>.Count)
        {
            var low = Vector128.LoadUnsafe(ref letters, (nuint)at);
            var isLong = text.Length - at >= Vector128<byte>.Count;
            var high = isLong ? Vector128.LoadUnsafe(ref letters, (nuint)(at + Vector128<ushort>.Count)) : Vector128<ushort>.Zero;
            if (((low | high) & Vector128.Create((ushort)0xFF80)) != Vector128<ushort>.Zero) break;
            var bytes = Vector128.Narrow(low, high);
            bytes.StoreUnsafe(ref to);
            var signs = Vector128.Equals(Vector128.Shuffle(SignByLowBits, bytes & Vector128.Create((byte)0x0F)), bytes).ExtractMostSignificantBits();
            var clean = signs != 0 ? BitOperations.TrailingZeroCount(signs) : isLong ? Vector128<byte>.Count : Vector128<ushort>.Count;
            to = ref Unsafe.Add(ref to, clean);
            at += clean;
            if (signs != 0) to = ref Entity(text[at++], ref to);
        }

        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter >= 0x80) break;
            if (letter is '&' or '<' or '>' or '"' or '\'' or '`' or '=')
            {
                to = ref Entity(letter, ref to);
                continue;
            }

            to = (byte)letter;
            to = ref Unsafe.Add(ref to, 1);
        }

        used = (int)Unsafe.ByteOffset(ref start, ref to);
        if (at < text.Length) Unicode(text[at..]);
    }

    /// <summary>Eight letters are written, the entity's own count.</summary>
    private static ref byte Entity(char sign, ref byte to)
    {
        var (letters, length) = Entities[sign & 0x0F];
        Unsafe.WriteUnaligned(ref to, letters);
        return ref Unsafe.Add(ref to, length);
    }

    private static (ulong Letters, int Length)[] EntitiesByLowBits()
    {
        var entities = new (ulong, int)[16];
        Span<byte> letters = stackalloc byte[sizeof(ulong)];
        foreach (var entity in (string[])["`&#x60;", "\"&quot;", "&&amp;", "'&#x27;", "<&lt;", "=&#x3D;", ">&gt;"])
        {
            letters.Clear();
            entities[entity[0] & 0x0F] = (0, Encoding.ASCII.GetBytes(entity.AsSpan(1), letters));
            entities[entity[0] & 0x0F].Item1 = MemoryMarshal.Read<ulong>(letters);
        }

        return entities;
    }

    /// <summary>From the first letter on that is not ASCII, up to the next sign.</summary>
    private void Unicode(ReadOnlySpan<char> text)
    {
        var sign = text.IndexOfAny(Signs);
        Plain(sign < 0 ? text : text[..sign]);
        if (sign >= 0) Escape(text[sign..]);
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        if (room.Length - used < text.Length * 3) Grow(text.Length * 3);
        Utf8.FromUtf16(text, room[used..], out _, out var written);
        used += written;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int least)
    {
        output.Advance(used);
        used = 0;
        room = output.GetSpan(Math.Max(least, LeastRoom));
    }
}
