using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Platform.Host.Configuration;

/// <summary>An address or a range of addresses: <c>192.0.2.7</c>, <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>.</summary>
/// <remarks>Written strictly, see <see cref="AddressText"/>; no bits behind the prefix. <c>::ffff:10.0.0.0/104</c> is <c>10.0.0.0/8</c>.</remarks>
public sealed record Network
{
    private readonly UInt128 bits;
    private readonly bool isV6;

    private Network(UInt128 bits, bool isV6, int prefixLength) => (this.bits, this.isV6, PrefixLength) = (bits, isV6, prefixLength);

    /// <summary>The first address.</summary>
    public IPAddress Address => AddressText.ToAddress(bits, isV6);

    /// <summary>The number of leading bits that all addresses share: up to 32 for IPv4, 128 for IPv6.</summary>
    public int PrefixLength { get; }

    internal (UInt128 Bits, bool IsV6) Key => (bits, isV6);

    /// <summary>Reads an address or a network; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Network? network, [NotNullWhen(false)] out string? complaint)
    {
        network = Read(text, out var expected);
        complaint = network is null ? $"{Quoted.Text(text)}; {expected}." : null;
        return network is not null;
    }

    /// <summary>True where the address lies in the network; an IPv4 address mapped into IPv6 counts as the IPv4 address.</summary>
    public bool Contains(IPAddress address)
    {
        var (other, otherIsV6) = AddressText.BitsOf(address);
        return otherIsV6 == isV6 && (other & Mask(PrefixLength, isV6)) == bits;
    }

    /// <summary>The network in canonical form; a single address without a prefix length.</summary>
    public override string ToString() => PrefixLength == Width(isV6) ? Address.ToString() : $"{Address}/{PrefixLength}";

    internal static UInt128 Mask(int prefixLength, bool isV6)
    {
        var host = Width(isV6) - prefixLength;
        return host == 128 ? 0 : (UInt128.MaxValue << host) & (isV6 ? UInt128.MaxValue : uint.MaxValue);
    }

    private static int Width(bool isV6) => isV6 ? 128 : 32;

    private static Network? Read(string text, out string expected)
    {
        var slash = text.IndexOf('/');
        if (!AddressText.TryRead(slash < 0 ? text : text.AsSpan(0, slash), out var bits, out var isV6, out var complaint))
        {
            expected = complaint;
            return null;
        }

        expected = $"expected a prefix length from 0 to {Width(isV6)} behind the slash";
        var length = Width(isV6);
        if (slash >= 0)
        {
            var written = text.AsSpan(slash + 1);
            if (written.Length is 0 or > 3 || written.ContainsAnyExceptInRange('0', '9') || (written.Length > 1 && written[0] == '0')) return null;
            length = int.Parse(written);
            if (length > Width(isV6)) return null;
        }

        var first = bits & Mask(length, isV6);
        if (first != bits)
        {
            expected = $"expected a network without bits behind its prefix. Write {AddressText.ToAddress(first, isV6)}/{length} for the network, or {AddressText.ToAddress(bits, isV6)} for the one address";
            return null;
        }

        return AddressText.IsMapped(bits, isV6) ? new(bits & uint.MaxValue, false, length - 96) : new(bits, isV6, length);
    }
}
