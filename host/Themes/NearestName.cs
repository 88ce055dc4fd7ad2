namespace Platform.Host.Themes;

/// <summary>The known name nearest to an unknown one, for messages.</summary>
internal static class NearestName
{
    /// <summary>Null where nothing is near: more than a third of the letters would have to change.</summary>
    public static string? Of(string unknown, IEnumerable<string> known)
    {
        if (unknown.Length > 100) return null;
        var (best, distance) = ((string?)null, Math.Max(1, unknown.Length / 3) + 1);
        foreach (var name in known)
        {
            if (Math.Abs(name.Length - unknown.Length) >= distance) continue;
            var next = Distance(unknown, name);
            if (next < distance || (next == distance && best is not null && string.CompareOrdinal(name, best) < 0)) (best, distance) = (name, next);
        }

        return best;
    }

    /// <summary><c> Did you mean 'x'?</c>, or nothing.</summary>
    public static string Question(string unknown, IEnumerable<string> known) =>
        Of(unknown, known) is { } name ? $" Did you mean '{name}'?" : "";

    private static int Distance(string a, string b)
    {
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
