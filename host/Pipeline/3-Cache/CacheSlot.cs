using Platform.Host.Caching;

namespace Platform.Host.Pipeline;

/// <summary>Where a page that is being made will be stored, and who waits for it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Key">Its key.</param>
/// <param name="Begun">When the making began.</param>
/// <param name="Flight">Those who wait; null where nobody can.</param>
public sealed record CacheSlot(PageStore Store, string Key, StoreMoment Begun, Flights.Flight? Flight)
{
    /// <summary>Stores the page and hands it to those who wait.</summary>
    /// <returns>True where it is stored.</returns>
    public bool Fill(CachedPage page)
    {
        var isStored = Store.Store(Key, page, Begun);
        Flight?.Land(page);
        return isStored;
    }

    /// <summary>The page is not one to store: those who wait make their own, and nobody waits for it for a while.</summary>
    public void Refuse() => Flight?.Land(null, isStorable: false);

    /// <summary>The page came to nothing; those who wait try again.</summary>
    public void Abandon() => Flight?.Land(null);
}
