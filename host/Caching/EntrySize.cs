namespace Platform.Host.Caching;

/// <summary>
/// What an entry keeps alive, in bytes, as a 64-bit runtime lays objects out: 16 bytes for an object and its fields after
/// them, 24 for an array, 22 and two per character for a text, all rounded up to 8. Texts that the site in force holds
/// anyway (media types, versions of templates) are not counted, nor what a page that is asked for many times a second says of its hits.
/// </summary>
internal static class EntrySize
{
    private const int Page = 200;

    private const int Form = 40;
    private const int Variants = 96;
    private const int Node = 64;

    /// <summary>In the table of keys: 48 for its node, and one to two places of 8 in the table itself.</summary>
    private const int TablePlace = 60;

    private const int ArrayHead = 24;

    /// <summary>A page without its place.</summary>
    internal static int Of(CachedPage page)
    {
        var size = Page + Of(page.Fingerprint) + Of(page.Key) + Of(page.Identity) + Of(page.Brotli) + Of(page.Gzip);
        if (page.Headers.Length > 0) size += ArrayHead + (16 * page.Headers.Length);
        foreach (var (name, value) in page.Headers) size += Of(name) + Of(value);
        size += Of(page.Tags);
        if (page.Dependencies.Length > 0) size += ArrayHead + (24 * page.Dependencies.Length);
        foreach (var (kind, name, version) in page.Dependencies)
        {
            if (!Dependency.IsOfManyPages(kind)) size += Of(name);
            if (kind == DependencyKind.Route) size += Of(version);
        }

        return size;
    }

    /// <summary>A list of key parts without its place.</summary>
    internal static int Of(PageVariants variants) => Variants + Of(variants.Parts.Query) + Of(variants.Parts.Headers) + Of(variants.Parts.Cookies);

    /// <summary>The place of an entry, with its key.</summary>
    internal static int OfPlace(string key) => Node + TablePlace + Of(key);

    private static int Of(PageBody? form) => form is null ? 0 : Form + Of(form.ETag) + Round(ArrayHead + form.Bytes.Length);

    private static int Of(IReadOnlyList<string> texts)
    {
        var size = texts.Count == 0 ? 0 : ArrayHead + (8 * texts.Count);
        for (var i = 0; i < texts.Count; i++) size += Of(texts[i]);
        return size;
    }

    private static int Of(string text) => OfText(text.Length);

    private static int OfText(int length) => length == 0 ? 0 : Round(22 + (2 * length));

    private static int Round(int size) => (size + 7) & ~7;
}
