using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Host.Configuration;

/// <summary>
/// Addresses read strictly, because loose readers disagree on what <c>010.0.0.1</c>, <c>10.1</c> or <c>0x7f.1</c> mean:
/// four decimal numbers, or IPv6 in groups without a zone. An IPv4 address mapped into IPv6 is the IPv4 address.
/// </summary>
public static class AddressText
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    /// <summary>Reads one address; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address, [NotNullWhen(false)] out string? complaint)
    {
        if (!TryRead(text, out var bits, out var isV6, out complaint))
        {
            address = null;
            return false;
        }

        if (isV6 && bits >> 32 == MappedPrefix >> 32) (bits, isV6) = (bits & uint.MaxValue, false);
        address = ToAddress(bits, isV6);
        return true;
    }

    internal static bool IsMapped(UInt128 bits, bool isV6) => isV6 && bits >> 32 == MappedPrefix >> 32;

    /// <summary>An address as a number, an IPv4 address mapped into IPv6 as its own.</summary>
    internal static (UInt128 Bits, bool IsV6) BitsOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        UInt128 bits = 0;
        foreach (var part in bytes[..length]) bits = (bits << 8) | part;
        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        return IsMapped(bits, isV6) ? (bits & uint.MaxValue, false) : (bits, isV6);
    }

    internal static IPAddress ToAddress(UInt128 bits, bool isV6)
    {
        Span<byte> bytes = stackalloc byte[isV6 ? 16 : 4];
        for (var i = bytes.Length - 1; i >= 0; i--, bits >>= 8) bytes[i] = (byte)bits;
        return new(bytes);
    }

    internal static bool TryRead(ReadOnlySpan<char> text, out UInt128 bits, out bool isV6, [NotNullWhen(false)] out string? complaint)
    {
        isV6 = text.Contains(':');
        complaint = isV6 ? TryReadV6(text, out bits) : TryReadV4(text, out bits);
        return complaint is null;
    }

    private static string? TryReadV4(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        var numbers = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || ++numbers > 4) return "expected four decimal numbers such as 192.0.2.1, or IPv6";
            if (part.Length > 1 && part[0] == '0') return $"expected decimal numbers without leading zeros. Write {part.TrimStart('0') switch { "" => "0", var digits => digits }} for {part}";
            var number = int.Parse(part, NumberStyles.None);
            if (number > 255) return $"expected numbers from 0 to 255, not {number}";
            bits = (bits << 8) | (uint)number;
        }

        return numbers == 4 ? null : "expected four decimal numbers such as 192.0.2.1, or IPv6";
    }

    private static string? TryReadV6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        const string Expected = "expected IPv6 in groups of up to four hexadecimal digits such as 2001:db8::1";
        bits = 0;
        if (text.Contains('%')) return "expected an address without a zone. Leave out what follows %";
        var gap = text.IndexOf("::");
        if (gap < 0) return ReadGroups(text, ref bits) is 8 ? null : Expected;
        UInt128 tail = 0;
        var before = gap == 0 ? 0 : ReadGroups(text[..gap], ref bits, allowsV4: false);
        var after = gap + 2 == text.Length ? 0 : ReadGroups(text[(gap + 2)..], ref tail);
        if (before is null || after is null || before + after > 7) return Expected;
        bits = (before == 0 ? 0 : bits << (128 - 16 * before.Value)) | tail;
        return null;
    }

    private static int? ReadGroups(ReadOnlySpan<char> text, ref UInt128 bits, bool allowsV4 = true)
    {
        var groups = 0;
        foreach (var range in text.Split(':'))
        {
            var part = text[range];
            if (part.Contains('.'))
            {
                if (!allowsV4 || range.End.GetOffset(text.Length) != text.Length || TryReadV4(part, out var v4) is not null) return null;
                bits = (bits << 32) | v4;
                groups += 2;
            }
            else
            {
                if (part.Length is 0 or > 4 || !ushort.TryParse(part, NumberStyles.AllowHexSpecifier, null, out var group)) return null;
                bits = (bits << 16) | group;
                groups++;
            }

            if (groups > 8) return null;
        }

        return groups;
    }
}
