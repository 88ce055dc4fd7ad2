namespace Platform.Templating;

/// <summary>The known name nearest to an unknown one, for messages.</summary>
public static class NearestName
{
    private const int LongestName = 100;

    /// <summary>Null where nothing is near: more than a third of the letters would have to change.</summary>
    /// <param name="unknown">What was found.</param>
    /// <param name="known">What there is.</param>
    public static string? Of(string unknown, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        ArgumentNullException.ThrowIfNull(known);
        if (unknown.Length > LongestName) return null;
        var last = Last(unknown);
        var (best, distance) = ((string?)null, Math.Max(unknown.Length > 2 ? 1 : 0, unknown.Length / 3) + 1);
        foreach (var name in known)
        {
            // A name without its folder means the one in it.
            var next = Math.Min(Distance(unknown, name, distance), unknown.Length == last.Length ? Distance(last, Last(name), distance) : int.MaxValue);
            if (next < distance || (next == distance && best is not null && string.CompareOrdinal(name, best) < 0)) (best, distance) = (name, next);
        }

        return best;
    }

    private static string Last(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) >= most) return int.MaxValue;
        // A letter too few, too many, another, or two neighbours swapped: one change.
        var (before, last, row) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
