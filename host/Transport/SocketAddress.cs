using System.Buffers.Binary;
using System.Net;

namespace Platform.Host.Transport;

/// <summary>Reads the addresses that the system writes.</summary>
internal static class SocketAddress
{
    /// <summary>As long as any address of IPv4 or IPv6.</summary>
    public const int MaxLength = 28;

    private const int Inet = 2;
    private const int Inet6 = 10;

    /// <summary>The address; null where it is of another kind. IPv4 that came in by a socket for both is IPv4.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> address)
    {
        if (address.Length < 16) return null;
        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        switch (address[0])
        {
            case Inet:
                return new(new IPAddress(address.Slice(4, 4)), port);
            case Inet6 when address.Length >= MaxLength:
                var ip = new IPAddress(address.Slice(8, 16), BinaryPrimitives.ReadUInt32LittleEndian(address[24..]));
                return new(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, port);
            default:
                return null;
        }
    }

    /// <summary>The near end of a connection; null where the system does not say.</summary>
    public static unsafe IPEndPoint? LocalOf(int socket)
    {
        var bytes = stackalloc byte[MaxLength];
        var length = MaxLength;
        return Libc.LocalName(socket, bytes, &length) == 0 ? Read(new(bytes, Math.Min(length, MaxLength))) : null;
    }
}
