using System.Globalization;
using System.Text.RegularExpressions;

namespace BasSite.Content;

/// <summary>
/// The lines <c>key: value</c> between two <c>---</c> at the head of a content file. It looks like YAML and is far less:
/// a value is plain text to the end of its line, a key stands once, and every key is known.
/// </summary>
internal sealed partial class FrontMatter
{
    private readonly Dictionary<string, (string Value, int Line)> entries = new(StringComparer.Ordinal);

    private FrontMatter()
    {
    }

    /// <summary>The line on which the body begins, from 1.</summary>
    public int BodyLine { get; private init; }

    /// <summary>Splits a file into its head and its body.</summary>
    /// <exception cref="ContentException">The head is not as it should be.</exception>
    public static (FrontMatter Head, string Body) Read(string text, IReadOnlyCollection<string> known)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != "---") throw new ContentException(1, $"front matter: found '{Shorten(lines[0])}'; expected '---' alone on the first line. Begin the file with it.");
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        if (end < 0) throw new ContentException(lines.Length, "front matter: found no end; expected a second '---' alone on a line. Put it between the keys and the text.");
        var head = new FrontMatter { BodyLine = end + 2 };
        for (var i = 1; i < end; i++) head.Add(lines[i], i + 1, known);
        return (head, string.Join('\n', lines[(end + 1)..]));
    }

    public string? Optional(string key) => entries.TryGetValue(key, out var entry) ? entry.Value : null;

    public string Required(string key) =>
        Optional(key) ?? throw new ContentException(1, $"{key}: found nothing; expected a value. Add the line '{key}: …' between the two '---'.");

    public int Number(string key) => int.TryParse(Required(key), NumberStyles.None, null, out var number) && number > 0
        ? number
        : throw Wrong(key, "a whole number from 1", "Write digits only");

    public DateOnly Date(string key) => DateOnly.TryParseExact(Required(key), "yyyy-MM-dd", out var date)
        ? date
        : throw Wrong(key, "a date such as 2026-03-21", "Write year, month and day");

    /// <summary>Values between commas; each of small letters, digits and hyphens.</summary>
    public IReadOnlyList<string> Words(string key)
    {
        var words = Required(key).Split(',', StringSplitOptions.TrimEntries);
        return words.All(w => Word().IsMatch(w)) ? [.. words.Distinct()] : throw Wrong(key, "words of small letters, digits and hyphens between commas", "Correct the word");
    }

    private ContentException Wrong(string key, string expected, string remedy) =>
        new(entries[key].Line, $"{key}: found '{Shorten(entries[key].Value)}'; expected {expected}. {remedy}.");

    private void Add(string text, int line, IReadOnlyCollection<string> known)
    {
        if (string.IsNullOrWhiteSpace(text) || text.StartsWith('#')) return;
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 1) throw new ContentException(line, $"front matter: found '{Shorten(text)}'; expected 'key: value'. Put a colon and a space behind the key.");
        var (key, value) = (text[..colon], text[(colon + 2)..].Trim());
        if (!known.Contains(key)) throw new ContentException(line, $"{Shorten(key)}: found an unknown key; expected one of {string.Join(", ", known)}. Correct or remove the line.");
        if (value.Length == 0) throw new ContentException(line, $"{key}: found nothing; expected a value. Write one or remove the line.");
        if (YamlMark().IsMatch(value)) throw new ContentException(line, $"{key}: found '{Shorten(value)}'; expected plain text to the end of the line. Remove the mark it begins with.");
        if (!entries.TryAdd(key, (value, line))) throw new ContentException(line, $"{key}: found a second time; expected once. Remove one of the lines.");
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Word();

    // What YAML would read as more than text: quotes, lists, maps, blocks, anchors, tags.
    [GeneratedRegex("""^["'\[{|>&*!%@`]""")]
    private static partial Regex YamlMark();
}
