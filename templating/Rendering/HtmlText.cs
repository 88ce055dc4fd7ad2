using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Platform.Templating.Rendering;

/// <summary>Text to UTF-8, with the signs of HTML escaped as Handlebars.js escapes them; one pass over what is ASCII.</summary>
internal static class HtmlText
{
    /// <summary>Room that one letter may need.</summary>
    public const int LongestEntity = 6;

    private static readonly SearchValues<char> Signs = SearchValues.Create("&<>\"'`=");

    /// <summary>Escapes a text.</summary>
    /// <param name="text">What to write.</param>
    /// <param name="output">At least <see cref="LongestEntity"/> bytes for each letter, and 16 more.</param>
    /// <returns>The bytes written.</returns>
    public static int Escape(ReadOnlySpan<char> text, Span<byte> output)
    {
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var target = ref MemoryMarshal.GetReference(output);
        nuint length = (uint)text.Length, i = 0, o = 0;
        while (length - i >= 8)
        {
            // Sixteen letters at once, or eight; what is stored behind a sign is written over.
            var isLong = length - i >= 16;
            var low = Vector128.LoadUnsafe(ref source, i);
            var high = isLong ? Vector128.LoadUnsafe(ref source, i + 8) : Vector128<ushort>.Zero;
            if (((low | high) & Vector128.Create((ushort)0xFF80)) != Vector128<ushort>.Zero) return (int)o + EscapeAny(text[(int)i..], output[(int)o..]);
            var letters = Vector128.Narrow(low, high);
            letters.StoreUnsafe(ref target, o);
            var signs = SignsIn(letters).ExtractMostSignificantBits();
            var plain = signs == 0 ? isLong ? 16u : 8u : (uint)BitOperations.TrailingZeroCount(signs);
            i += plain;
            o += plain;
            if (signs == 0) continue;
            o += Write((char)Unsafe.Add(ref source, i), ref Unsafe.Add(ref target, o));
            i++;
        }

        for (; i < length; i++)
        {
            var letter = (char)Unsafe.Add(ref source, i);
            if (letter > 0x7F) return (int)o + EscapeAny(text[(int)i..], output[(int)o..]);
            if (IsSign(letter)) o += Write(letter, ref Unsafe.Add(ref target, o));
            else Unsafe.Add(ref target, o++) = (byte)letter;
        }

        return (int)o;
    }

    private static int EscapeAny(ReadOnlySpan<char> text, Span<byte> output)
    {
        var length = 0;
        while (text.IndexOfAny(Signs) is >= 0 and var sign)
        {
            length += Encoding.UTF8.GetBytes(text[..sign], output[length..]);
            length += (int)Write(text[sign], ref output[length]);
            text = text[(sign + 1)..];
        }

        return length + Encoding.UTF8.GetBytes(text, output[length..]);
    }

    // " & ' < = > `
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> SignsIn(Vector128<byte> letters) =>
        Vector128.Equals(letters, Vector128.Create((byte)'"')) | Vector128.Equals(letters, Vector128.Create((byte)'`'))
        | Vector128.LessThan(letters - Vector128.Create((byte)'&'), Vector128.Create((byte)2)) | Vector128.LessThan(letters - Vector128.Create((byte)'<'), Vector128.Create((byte)3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSign(char letter) => letter is '"' or '`' || (uint)(letter - '&') < 2 || (uint)(letter - '<') < 3;

    private static nuint Write(char sign, ref byte target)
    {
        var entity = sign switch
        {
            '&' => "&amp;"u8,
            '<' => "&lt;"u8,
            '>' => "&gt;"u8,
            '"' => "&quot;"u8,
            '\'' => "&#x27;"u8,
            '`' => "&#x60;"u8,
            _ => "&#x3D;"u8,
        };
        entity.CopyTo(MemoryMarshal.CreateSpan(ref target, LongestEntity));
        return (nuint)entity.Length;
    }
}
