namespace Platform.Host.Pipeline;

/// <summary>
/// The key of a page: <c>{METHOD}:{PATH}:{THEME}:{USER_ID}</c> with the domain in front and the query behind the path. Stored
/// with line feeds between the parts, which none of them can hold, so no two pages share one.
/// </summary>
public static class PageKey
{
    private const char Separator = '\n';

    /// <summary>Writes the stored form; false where the buffer is too small.</summary>
    public static bool TryWrite(PageContext page, Span<char> buffer, out int length)
    {
        var query = page.Target.Query.Length == 0 ? "" : page.Query.ToString();
        return buffer.TryWrite($"{page.Domain.Name}{Separator}{page.Path}{query}{Separator}{page.Domain.Theme}{Separator}{page.UserKey}", out length);
    }

    /// <summary>The form for people.</summary>
    public static string Show(string key) => "GET:" + key[(key.IndexOf(Separator) + 1)..].Replace(Separator, ':');
}
