using System.Collections;
using System.Net;

namespace Platform.Host.Configuration;

/// <summary>
/// Many networks, asked as one. A question costs one look-up for each prefix length that occurs, however many
/// networks there are.
/// </summary>
public sealed class NetworkSet : IReadOnlyCollection<Network>
{
    private readonly Network[] networks;
    private readonly Level[] v4;
    private readonly Level[] v6;

    /// <summary>A set of the networks given.</summary>
    public NetworkSet(IEnumerable<Network> networks)
    {
        this.networks = [.. networks.Distinct()];
        v4 = Levels(isV6: false);
        v6 = Levels(isV6: true);
    }

    /// <summary>No network.</summary>
    public static NetworkSet Empty { get; } = new([]);

    /// <summary>The number of networks.</summary>
    public int Count => networks.Length;

    /// <summary>True where one of the networks holds the address.</summary>
    public bool Contains(IPAddress address)
    {
        var (bits, isV6) = AddressText.BitsOf(address);
        foreach (var level in isV6 ? v6 : v4)
        {
            if (level.Networks.Contains(bits & level.Mask)) return true;
        }

        return false;
    }

    /// <summary>The networks in the order given.</summary>
    public IEnumerator<Network> GetEnumerator() => ((IEnumerable<Network>)networks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => networks.GetEnumerator();

    private Level[] Levels(bool isV6) =>
    [
        .. networks.Where(network => network.Key.IsV6 == isV6)
            .GroupBy(network => network.PrefixLength)
            .OrderBy(group => group.Key)
            .Select(group => new Level(Network.Mask(group.Key, isV6), [.. group.Select(network => network.Key.Bits)])),
    ];

    private sealed record Level(UInt128 Mask, HashSet<UInt128> Networks);
}
