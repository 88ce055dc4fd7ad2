using Platform.Sdk;

namespace BasSite.Search;

/// <summary>Plain text cut into pieces that are hits or not; the template marks the hits, nobody builds HTML.</summary>
internal static class Excerpt
{
    private const int Before = 70;
    private const int Length = 240;

    /// <summary>The whole text.</summary>
    public static DataList Mark(string text, Words words)
    {
        var pieces = new DataList();
        var at = 0;
        foreach (var (start, length) in words.Hits(text))
        {
            Add(pieces, text[at..start], false);
            Add(pieces, text.Substring(start, length), true);
            at = start + length;
        }

        Add(pieces, text[at..], false);
        return pieces;
    }

    /// <summary>The surroundings of the first hit, from word to word.</summary>
    public static DataList Around(string text, Words words)
    {
        var first = words.Hits(text).Select(hit => hit.Start).FirstOrDefault();
        var start = first <= Before ? 0 : text.IndexOf(' ', first - Before) is var blank && blank >= 0 && blank < first ? blank + 1 : first;
        var end = start + Length >= text.Length ? text.Length : text.LastIndexOf(' ', start + Length) is var stop && stop > first ? stop : start + Length;
        return Mark((start > 0 ? "… " : "") + text[start..end] + (end < text.Length ? " …" : ""), words);
    }

    private static void Add(DataList pieces, string text, bool hit)
    {
        if (text.Length > 0) pieces.Add(new DataMap { ["text"] = text, ["hit"] = hit });
    }
}
