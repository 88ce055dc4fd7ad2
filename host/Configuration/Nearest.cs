namespace Platform.Host.Configuration;

/// <summary>The known name that was probably meant by an unknown one.</summary>
public static class Nearest
{
    /// <summary>The nearest of the known names by edit distance, or one that is its beginning; null where none is near.</summary>
    public static string? Of(string unknown, IEnumerable<string> known)
    {
        // What a person types is short; a name of kilobytes is not worth the quadratic work.
        if (unknown.Length is 0 or > 64) return null;
        var (best, least) = ((string?)null, Math.Clamp(unknown.Length / 2, 1, 3) + 1);
        foreach (var name in known)
        {
            var distance = Distance(unknown.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < least) (best, least) = (name, distance);
        }

        return best ?? known.FirstOrDefault(name => unknown.Length > 2 && (name.StartsWith(unknown, StringComparison.OrdinalIgnoreCase) || unknown.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static int Distance(string a, string b)
    {
        var above = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = above[0];
            above[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = above[j];
                above[j] = Math.Min(replaced, Math.Min(above[j], above[j - 1]) + 1);
            }
        }

        return above[b.Length];
    }
}
