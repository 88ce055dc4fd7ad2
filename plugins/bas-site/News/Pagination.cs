using Platform.Sdk;

namespace BasSite.News;

/// <summary>What the partial <c>widgets/pagination</c> needs: the pages around the current one, the first and the last.</summary>
internal static class Pagination
{
    /// <param name="page">1 to <paramref name="pages"/>.</param>
    /// <param name="address">The address of a page by its number.</param>
    /// <returns>Null where one page holds everything.</returns>
    public static DataMap? Of(int page, int pages, Func<int, string> address)
    {
        if (pages < 2) return null;
        var steps = new DataList();
        var last = 0;
        for (var number = 1; number <= pages; number++)
        {
            if (number != 1 && number != pages && Math.Abs(number - page) > 1) continue;
            steps.Add(new DataMap
            {
                ["number"] = number,
                ["url"] = address(number),
                ["current"] = number == page,
                ["gap"] = number > last + 1,
            });
            last = number;
        }

        return new()
        {
            ["page"] = page,
            ["pages"] = pages,
            ["steps"] = steps,
            ["previous"] = page > 1 ? address(page - 1) : null,
            ["next"] = page < pages ? address(page + 1) : null,
        };
    }

    /// <summary>A path with one query value and a page number, each only where it says something.</summary>
    public static string Address(string path, string key, string? value, int page) => (string.IsNullOrEmpty(value), page) switch
    {
        (true, 1) => path,
        (true, _) => $"{path}?page={page}",
        (false, 1) => $"{path}?{key}={Uri.EscapeDataString(value!)}",
        _ => $"{path}?{key}={Uri.EscapeDataString(value!)}&page={page}",
    };
}
