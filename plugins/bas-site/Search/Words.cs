namespace BasSite.Search;

/// <summary>What a visitor asked for: at most eight words, each of which has to be found.</summary>
internal sealed class Words
{
    private const int MaxLength = 100;
    private const int MaxCount = 8;

    public Words(string? query)
    {
        var text = (query ?? "").Replace('’', '\'').Trim();
        Query = text.Length <= MaxLength ? text : text[..MaxLength];
        List = [.. Query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxCount)];
    }

    public string Query { get; }

    public IReadOnlyList<string> List { get; }

    /// <summary>Where any of the words stands, in order, without overlaps.</summary>
    public IEnumerable<(int Start, int Length)> Hits(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var (start, length) = Next(text, at);
            if (length == 0) yield break;
            yield return (start, length);
            at = start + length;
        }
    }

    // The longest of the words that stand first, so that 'tides' wins over 'tide'.
    private (int Start, int Length) Next(string text, int at)
    {
        var best = (Start: text.Length, Length: 0);
        foreach (var word in List)
        {
            var start = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase);
            if (start >= 0 && (start < best.Start || (start == best.Start && word.Length > best.Length))) best = (start, word.Length);
        }

        return best;
    }
}
