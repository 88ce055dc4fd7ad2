namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>Finds the tags of a template in one pass, without recursion.</summary>
internal static class TagScanner
{
    public static IEnumerable<Tag> Scan(string text)
    {
        var at = 0;
        while (true)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0) yield break;
            if (Escaped(text, open))
            {
                at = open + 2;
                continue;
            }

            var tag = Read(text, open);
            yield return tag;
            if (tag.Kind is TagKind.Unclosed or TagKind.RawBlock) yield break;
            at = tag.End;
        }
    }

    // \{{ is text, \\{{ a backslash and a tag.
    private static bool Escaped(string text, int open) =>
        open > 0 && text[open - 1] == '\\' && !(open > 1 && text[open - 2] == '\\');

    private static Tag Read(string text, int start)
    {
        var at = start + 2;
        if (Follows(text, at, "{{")) return new(TagKind.RawBlock, start, at + 2, []);
        var unescaped = Follows(text, at, "{");
        if (unescaped) at++;
        if (Follows(text, at, "~")) at++;
        if (Follows(text, at, "!")) return Comment(text, start, at);

        var (kind, length) = unescaped ? (TagKind.Unescaped, 0) : Sign(text, ref at);
        at += length;
        var words = new List<Word>();
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at >= text.Length) return new(TagKind.Unclosed, start, text.Length, words);
            if (Follows(text, at, "~}")) at++;
            if (Follows(text, at, unescaped ? "}}}" : "}}")) return Finish(kind, start, at + (unescaped ? 3 : 2), words);
            var word = WordReader.Read(text, at);
            if (word.Length == 0) return new(TagKind.Unclosed, start, text.Length, words);
            words.Add(word);
            at = word.Start + word.Length;
        }
    }

    private static Tag Finish(TagKind kind, int start, int end, List<Word> words) =>
        kind == TagKind.Value && words is [{ Kind: WordKind.Name, Value: "else" }, ..]
            ? new(TagKind.Else, start, end, words[1..])
            : new(kind, start, end, words);

    private static (TagKind Kind, int Length) Sign(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at >= text.Length) return (TagKind.Value, 0);
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return text[at] switch
        {
            '#' when next == '>' => (TagKind.OpenPartial, 2),
            '#' when next == '*' => (TagKind.OpenDecorator, 2),
            '#' => (TagKind.Open, 1),
            '^' => (TagKind.OpenInverse, 1),
            '/' => (TagKind.Close, 1),
            '>' => (TagKind.Partial, 1),
            '&' => (TagKind.Ampersand, 1),
            '*' => (TagKind.Decorator, 1),
            _ => (TagKind.Value, 0),
        };
    }

    private static Tag Comment(string text, int start, int at)
    {
        var dashed = Follows(text, at + 1, "--");
        var from = at + (dashed ? 3 : 1);
        var end = text.IndexOf(dashed ? "--}}" : "}}", from, StringComparison.Ordinal);
        var trimmed = dashed ? text.IndexOf("--~}}", from, StringComparison.Ordinal) : -1;
        if (trimmed >= 0 && (end < 0 || trimmed < end)) return new(TagKind.Comment, start, trimmed + 5, []);
        return end < 0
            ? new(TagKind.Unclosed, start, text.Length, [])
            : new(TagKind.Comment, start, end + (dashed ? 4 : 2), []);
    }

    private static bool Follows(string text, int at, string what) =>
        string.CompareOrdinal(text, at, what, 0, what.Length) == 0;
}
