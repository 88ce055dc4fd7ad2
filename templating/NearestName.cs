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
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[b.Length];
    }
}
