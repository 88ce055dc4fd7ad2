using Platform.Host.Caching;

namespace Platform.Host.Pipeline;

/// <summary>
/// The key of a page. What every page depends on comes first: domain, path, theme; behind it only what this one was seen to depend
/// on, each with its name. Line feeds stand between the parts, which none of them can hold, so no two pages share a key.
/// People are shown <c>{METHOD}:{PATH}:{THEME}:{USER_ID}</c>.
/// </summary>
public static class PageKey
{
    /// <summary>The longest key, in characters: a longer one is a query that long, and not worth memory.</summary>
    public const int Longest = 1024;

    private const char Separator = '\n';

    /// <summary>Writes what every page depends on; false where the buffer is too small.</summary>
    public static bool TryWrite(PageContext page, Span<char> buffer, out int length) =>
        buffer.TryWrite($"{page.Domain.Name}{Separator}{page.Path}{Separator}{page.Domain.Theme}", out length);

    /// <summary>The key of a request whose page depends on these parts of it; null where it is too long.</summary>
    public static string? Of(PageContext page, string known, KeyParts parts)
    {
        if (parts.IsNone) return known;
        Span<char> buffer = stackalloc char[Longest];
        known.CopyTo(buffer);
        var length = known.Length;
        return TryAppend(page, parts, buffer, ref length) ? buffer[..length].ToString() : null;
    }

    /// <summary>Writes behind it what a page depends on besides; false where the buffer is too small.</summary>
    public static bool TryAppend(PageContext page, KeyParts parts, Span<char> buffer, ref int length)
    {
        if (parts.User && !Append(buffer, ref length, "u:", page.UserKey)) return false;
        if (parts.AllQuery && !Append(buffer, ref length, "?*", page.Query.ToString())) return false;
        foreach (var name in parts.Query)
        {
            if (!Append(buffer, ref length, "?", name, page.Query.GetValueOrDefault(name))) return false;
        }

        foreach (var name in parts.Headers)
        {
            if (!Append(buffer, ref length, "@", name, page.Http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null)) return false;
        }

        foreach (var name in parts.Cookies)
        {
            if (!Append(buffer, ref length, "$", name, page.Cookies.GetValueOrDefault(name))) return false;
        }

        return true;
    }

    /// <summary>The form for people: of the query only what mattered, the user where he did.</summary>
    public static string Show(PageContext page, KeyParts parts)
    {
        var query = parts.AllQuery ? page.Query : page.Query.Only(parts.Query);
        return $"GET:{CanonicalPath.Escape(page.Path)}{query}:{page.Domain.Theme}:{(parts.User ? Uri.EscapeDataString(page.Visitor.Id) : "-")}";
    }

    private static bool Append(Span<char> buffer, ref int length, string mark, string text)
    {
        if (!buffer[length..].TryWrite($"{Separator}{mark}{text}", out var written)) return false;
        length += written;
        return true;
    }

    // A name that is not there is another thing than an empty value.
    private static bool Append(Span<char> buffer, ref int length, string mark, string name, string? value) =>
        Append(buffer, ref length, mark, value is null ? Uri.EscapeDataString(name) : $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
}
