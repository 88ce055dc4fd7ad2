using System.Globalization;

namespace BasSite;

/// <summary>The query value <c>page</c>.</summary>
internal static class PageNumber
{
    /// <returns>1 where it is absent, null where it is no number from 1.</returns>
    public static int? Of(IReadOnlyDictionary<string, string> query)
    {
        if (!query.TryGetValue("page", out var text)) return 1;
        return int.TryParse(text, NumberStyles.None, null, out var number) && number > 0 ? number : null;
    }
}
