using System.Numerics;

namespace Platform.Host.Caching;

/// <summary>
/// The hashes of keys that went lately without a second request; one that comes back soon is worth more than a newcomer.
/// A table of fixed size: four places a hash, the oldest is overwritten. Two keys of one hash are taken for each other.
/// </summary>
internal sealed class GhostList(int capacity)
{
    private const int Ways = 4;

    /// <summary>The hash in the upper half, the number of its coming in the lower; 0: free.</summary>
    private readonly ulong[] places = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity / 2, 1)) * Ways];

    private uint count;

    /// <summary>The bytes of the table.</summary>
    internal long Bytes => places.LongLength * sizeof(ulong);

    /// <summary>Remembers a hash.</summary>
    internal void Add(int hash)
    {
        var places = PlacesOf(hash);
        count = count == uint.MaxValue ? 1 : count + 1;
        var (oldest, age) = (0, 0u);
        for (var i = 0; i < Ways; i++)
        {
            var isFree = places[i] == 0 || (uint)(places[i] >> 32) == (uint)hash;
            var thisAge = isFree ? uint.MaxValue : count - (uint)places[i];
            if (thisAge > age) (oldest, age) = (i, thisAge);
        }

        places[oldest] = ((ulong)(uint)hash << 32) | count;
    }

    /// <summary>True where the hash came lately; it is then forgotten.</summary>
    internal bool Take(int hash)
    {
        var places = PlacesOf(hash);
        for (var i = 0; i < Ways; i++)
        {
            if (places[i] == 0 || (uint)(places[i] >> 32) != (uint)hash) continue;
            var isLately = count - (uint)places[i] < capacity;
            places[i] = 0;
            return isLately;
        }

        return false;
    }

    private Span<ulong> PlacesOf(int hash) => places.AsSpan((hash & ((places.Length / Ways) - 1)) * Ways, Ways);
}
