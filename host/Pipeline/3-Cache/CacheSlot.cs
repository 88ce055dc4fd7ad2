using Platform.Host.Caching;

namespace Platform.Host.Pipeline;

/// <summary>Where a page that is being made will be stored, and who waits for it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Base">The key that all variants of the page have in common.</param>
/// <param name="Key">The key that is known for this request, under which others wait.</param>
/// <param name="Begun">When the making began.</param>
/// <param name="Flight">Those who wait; null where nobody can.</param>
public sealed record CacheSlot(PageStore Store, string Base, string Key, StoreMoment Begun, Flights.Flight? Flight)
{
    /// <summary>Stores the page under the key that its making has shown; those who wait look for it there.</summary>
    /// <returns>True where it is stored.</returns>
    public bool Fill(PageContext context, KeyParts parts, CachedPage page)
    {
        if (Store.Find(Base) is PageVariants known) parts = parts.Union(known.Parts);
        var isStored = false;
        if (parts.IsNone)
        {
            isStored = Store.Store(Base, page, Begun);
        }
        else
        {
            Span<char> buffer = stackalloc char[PageKey.Longest];
            Base.CopyTo(buffer);
            var length = Base.Length;
            if (PageKey.TryAppend(context, parts, buffer, ref length) && Store.Store(buffer[..length].ToString(), page, Begun))
            {
                Store.StoreVariants(Base, parts, Begun);
                isStored = true;
            }
        }

        Flight?.Land();
        return isStored;
    }

    /// <summary>The page is not one to store: those who wait make their own, and nobody waits for it for a while.</summary>
    public void Refuse() => Flight?.Land(isStorable: false);

    /// <summary>The page came to nothing; those who wait try again.</summary>
    public void Abandon() => Flight?.Land();
}
