using Platform.Host.Caching;

namespace Platform.Host.Pipeline;

/// <summary>Where a page that is being made will be stored, and who waits for it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Base">The key that all variants of the page have in common.</param>
/// <param name="Key">The key that is known for this request, under which others wait.</param>
/// <param name="Known">The parts of the request that are in it.</param>
/// <param name="Begun">When the making began.</param>
/// <param name="Flight">Those who wait; null where nobody can.</param>
public sealed record CacheSlot(PageStore Store, string Base, string Key, KeyParts Known, StoreMoment Begun, Flights.Flight? Flight)
{
    /// <summary>Stores the page under the key that its making has shown; those who wait are given it.</summary>
    /// <returns>True where it is stored.</returns>
    public bool Fill(PageContext context, KeyParts parts, CachedPage page)
    {
        parts = Known.Union(parts);
        if (Store.Find(Base) is PageVariants variants) parts = variants.Parts.Union(parts);
        var key = PageKey.Of(context, Base, parts);
        var isStored = key is not null && Store.Store(key, page, Begun);
        if (isStored && !parts.IsNone) Store.StoreVariants(Base, parts, Begun);
        Flight?.Land(isStored ? new(key!, parts, page) : null);
        return isStored;
    }

    /// <summary>The answer is not one to store: those who wait make their own, and nobody waits for it for a while. Unless it is a failure it is final, and what was stored before is dropped.</summary>
    /// <param name="status">The answer's status; a failure from 500 on.</param>
    public void Refuse(int status)
    {
        if (status < StatusCodes.Status500InternalServerError) Store.Drop(Key);
        Fail();
    }

    /// <summary>The page can't be made: what was stored before is shown while that is allowed, and nobody waits for the next for a while.</summary>
    public void Fail() => Flight?.Land(isStorable: false);

    /// <summary>The page came to nothing; those who wait try again.</summary>
    public void Abandon() => Flight?.Land();
}
