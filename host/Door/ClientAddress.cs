using System.Net;
using Platform.Host.Configuration;

namespace Platform.Host;

/// <summary>Who is on the other end: the peer, or behind trusted proxies the hop they vouch for.</summary>
public static class ClientAddress
{
    private const int MaxHops = 16;

    /// <summary>The address of the visitor, v4 where it is v4 mapped into v6.</summary>
    /// <param name="peer">The other end of the connection.</param>
    /// <param name="headers">The request's; X-Forwarded-For is looked at only where the peer is trusted, and walked from the right.</param>
    /// <param name="trusted">The proxies that are believed.</param>
    /// <returns>The address; null where a trusted proxy forwards what is not an address.</returns>
    public static IPAddress? Find(IPAddress peer, IHeaderDictionary headers, NetworkSet trusted)
    {
        var client = Plain(peer);
        if (trusted.Count == 0 || !trusted.Contains(client) || headers["X-Forwarded-For"] is not { Count: > 0 } forwarded) return client;

        var hops = string.Join(',', forwarded.ToArray()).Split(',');
        if (hops.Length > MaxHops) return null;
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!AddressText.TryParse(hops[i].Trim(), out var hop, out _)) return null;
            client = Plain(hop);
            if (!trusted.Contains(client)) return client;
        }

        return client;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
