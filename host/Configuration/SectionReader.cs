using System.Globalization;
using Platform.Sdk;

namespace Platform.Host.Configuration;

/// <summary>
/// Reads one map of a document strictly: whoever reads it asks for each key it knows, then calls <see cref="Close"/>,
/// and what was not asked for is unknown. A problem never ends the reading, so that all are found at once; the
/// value is then the default.
/// </summary>
/// <param name="node">The map; null or empty where the section was left out.</param>
/// <param name="path">The section's place in the file: <c>plugins.each.news</c>; empty for the whole.</param>
/// <param name="problems">Where problems go.</param>
public sealed class SectionReader(Node? node, string path, ICollection<Problem> problems)
{
    private readonly List<string> known = [];

    /// <summary>The keys and the values in force, defaults included, secrets left out.</summary>
    public DataMap Effective { get; } = new();

    /// <summary>The section's place in the file.</summary>
    public string Path => path;

    /// <summary>Where problems go.</summary>
    public ICollection<Problem> Problems => problems;

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool fallback)
    {
        var value = fallback;
        if (Ask(key) is { } found && !(IsUnquoted(found) && bool.TryParse(found.Text, out value) && found.Text is "true" or "false"))
        {
            value = fallback;
            Refuse(key, $"{Quoted.Node(found)}; expected true or false. Leave it out for {(fallback ? "true" : "false")}.");
        }

        Effective[key] = value;
        return value;
    }

    /// <summary>A whole number within bounds.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is left out.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    /// <param name="unit">What is counted, for the message: <c>seconds</c>.</param>
    /// <param name="without">What holds where the key is left out, if not the fallback as such.</param>
    public int Number(string key, int fallback, int min, int max, string? unit = null, string? without = null)
    {
        var value = fallback;
        if (Ask(key) is { } found && !(IsUnquoted(found) && TryReadWhole(found.Text, out value) && value >= min && value <= max))
        {
            value = fallback;
            var expected = $"expected a whole number{(unit is null ? "" : " of " + unit)} from {min} to {max}";
            Refuse(key, found is { Kind: NodeKind.Scalar, Style: ScalarStyle.Quoted }
                ? $"{Quoted.Node(found)} in quotes is text; {expected}. Remove the quotes."
                : $"{Quoted.Node(found)}; {expected}. Leave it out for {without ?? fallback.ToString(CultureInfo.InvariantCulture)}.");
        }

        Effective[key] = value;
        return value;
    }

    /// <summary>A text that <paramref name="parse"/> accepts.</summary>
    public T Value<T>(string key, T fallback, TryParse<T> parse)
        where T : class
    {
        var value = Ask(key) is { } found ? Parse(found, Name(key, found), parse) ?? fallback : fallback;
        Effective[key] = value.ToString();
        return value;
    }

    /// <summary>A text that <paramref name="parse"/> accepts; null where the key is left out.</summary>
    public T? Optional<T>(string key, TryParse<T> parse)
        where T : class
    {
        var value = Ask(key) is { } found ? Parse(found, Name(key, found), parse) : null;
        Effective[key] = value?.ToString();
        return value;
    }

    /// <summary>A secret of at least so many characters, or none. Its text gets into no problem.</summary>
    public Secret Secret(string key, int minLength = 0)
    {
        if (Ask(key) is not { } found) return Configuration.Secret.None;
        if (!IsText(found)) Refuse(key, $"not a text; expected {(minLength > 0 ? $"at least {minLength} characters" : "a text")}. Put it in quotes.");
        else if (found.Text.Length > 0 && found.Text.Length < minLength) Refuse(key, $"{found.Text.Length} characters; expected at least {minLength}. Write a longer one, or leave it out.");
        return new(found.Text);
    }

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string key, T fallback, params IReadOnlyList<(string Word, T Value)> choices)
    {
        var chosen = choices.First(choice => Equals(choice.Value, fallback));
        if (Ask(key) is { } found)
        {
            var at = found.Kind == NodeKind.Scalar ? choices.ToList().FindIndex(choice => choice.Word == found.Text) : -1;
            if (at >= 0) chosen = choices[at];
            else Refuse(key, $"{Quoted.Node(found)}; expected {Or(choices.Select(choice => choice.Word))}. {Hint(found.Text, choices.Select(choice => choice.Word)) ?? $"Leave it out for {chosen.Word}."}");
        }

        Effective[key] = chosen.Word;
        return chosen.Value;
    }

    /// <summary>A list of texts that <paramref name="parse"/> accepts; from the environment separated by commas.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The list where the key is left out.</param>
    /// <param name="parse">Reads each text.</param>
    /// <param name="allowsOne">True where a single text may stand for a list of one.</param>
    /// <param name="allowsNone">False where an empty list makes no sense.</param>
    public IReadOnlyList<T> List<T>(string key, IReadOnlyList<T> fallback, TryParse<T> parse, bool allowsOne = false, bool allowsNone = true)
        where T : class
    {
        var values = fallback;
        if (Ask(key) is { } found)
        {
            var items = ItemsOf(found, allowsOne);
            if (items is null) Refuse(key, $"{Quoted.Node(found)}; expected a list, even of one: [{(found.Kind == NodeKind.Scalar ? Quoted.Escape(found.Text) : "…")}].");
            else if (items.Count == 0 && !allowsNone) Refuse(key, "an empty list; expected at least one entry. Leave it out for the default.");
            else values = [.. items.Select((item, i) => Parse(item, item.At.Name ?? $"{Name(key, found)}[{i}]", parse)).OfType<T>()];
        }

        Effective[key] = new DataList(values.Select(value => value.ToString()));
        return values;
    }

    /// <summary>Texts within one text, separated by commas; none where it is empty.</summary>
    public IReadOnlyList<T> Joined<T>(string key, TryParse<T> parse)
        where T : class
    {
        IReadOnlyList<T> values = [];
        if (Ask(key) is { } found && Parse<string>(found, Name(key, found), Names.TryParseLine) is { Length: > 0 } text)
            values = [.. text.Split(',').Select(part => Parse(Node.Scalar(part.Trim(), ScalarStyle.Any, found.At), Name(key, found), parse)).OfType<T>()];
        Effective[key] = string.Join(',', values);
        return values;
    }

    /// <summary>A section within this one.</summary>
    public SectionReader Section(string key)
    {
        var section = new SectionReader(Ask(key), Join(key), problems);
        Effective[key] = section.Effective;
        return section;
    }

    /// <summary>The node of a key for a reader of its own; null where it was left out.</summary>
    public Node? Ask(string key)
    {
        if (!known.Contains(key)) known.Add(key);
        return node?[key] is { Kind: not NodeKind.Null } found ? found : null;
    }

    /// <summary>The keys of a map that its author chose, those that <paramref name="parse"/> accepts.</summary>
    public IEnumerable<string> NamesOf(string what, TryParse<string> parse)
    {
        if (node is { Kind: not (NodeKind.Map or NodeKind.Null) }) Refuse(node.At, $"{Named(node)}{Quoted.Node(node)}; expected a map of {what}.");
        foreach (var entry in node?.Entries ?? [])
        {
            if (parse(entry.Key, out _, out var complaint)) yield return entry.Key;
            else Refuse(entry.At, $"{entry.At.Name ?? path}: {complaint}");
        }
    }

    /// <summary>A reader for each map of a list.</summary>
    public IReadOnlyList<SectionReader> Sections(string key)
    {
        if (Ask(key) is not { } found) return [];
        if (found.Kind == NodeKind.List) return [.. found.Items.Select((item, i) => new SectionReader(item, $"{Join(key)}[{i}]", problems))];
        Refuse(key, $"{Quoted.Node(found)}; expected a list.");
        return [];
    }

    /// <summary>True where the file gives the key.</summary>
    public bool Has(string key) => node?[key] is { Kind: not NodeKind.Null };

    /// <summary>Where the value of a key stands, or else the section.</summary>
    public Position At(string key) => node?[key]?.At ?? At();

    /// <summary>Where the section stands.</summary>
    public Position At() => node?.At ?? new("", 0, 0);

    /// <summary>Says what is wrong with a key's value: <c>found; expected. remedy</c>.</summary>
    public void Refuse(string key, string complaint) => Refuse(At(key), $"{Name(key, node?[key])}: {complaint}");

    /// <summary>Says that a key is missing.</summary>
    public void Require(string key, string expected)
    {
        if (!Has(key) && node is { Kind: NodeKind.Map }) Refuse(key, $"missing; expected {expected}.");
    }

    /// <summary>Ends the reading: keys that nobody asked for are unknown.</summary>
    public void Close()
    {
        if (node is { Kind: not (NodeKind.Map or NodeKind.Null) })
        {
            Refuse(node.At, $"{Named(node)}{Quoted.Node(node)}; expected a map with the keys {string.Join(", ", known)}.");
            return;
        }

        foreach (var entry in node?.Entries ?? [])
        {
            if (known.Contains(entry.Key)) continue;
            var hint = Hint(entry.Key, known) is { } nearest ? " " + nearest : " Remove it.";
            Refuse(entry.At, $"{entry.At.Name ?? Join(Quoted.Escape(entry.Key))}: unknown key {Quoted.Text(entry.Key)}; known here: {string.Join(", ", known)}.{hint}");
        }
    }

    /// <summary>A node's text where <paramref name="parse"/> accepts it; else null, and a problem.</summary>
    public T? Parse<T>(Node found, string name, TryParse<T> parse)
        where T : class
    {
        if (found.Kind != NodeKind.Scalar) Refuse(found.At, $"{name}: {Quoted.Node(found)}; expected a text.");
        else if (!parse(found.Text, out var value, out var complaint)) Refuse(found.At, $"{name}: {complaint}");
        else if (!IsText(found)) Refuse(found.At, $"{name}: {Quoted.Node(found)} is not text; expected a text. Put it in quotes.");
        else return value;
        return null;
    }

    internal static bool IsUnquoted(Node found) => found is { Kind: NodeKind.Scalar, Style: not ScalarStyle.Quoted };

    // Other readers of YAML take 0x10 and 1_000 for numbers and 010 for eight; here they are not numbers.
    internal static bool IsWhole(string text) => text.AsSpan(text.StartsWith('-') ? 1 : 0) is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == 1 || digits[0] != '0');

    private static bool TryReadWhole(string text, out int value)
    {
        value = 0;
        return IsWhole(text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsText(Node found) =>
        found.Kind == NodeKind.Scalar && (found.Style != ScalarStyle.Plain || !(found.Text is "true" or "false" || IsWhole(found.Text) || SettingsValue.IsDecimal(found.Text)));

    private static IReadOnlyList<Node>? ItemsOf(Node found, bool allowsOne) => found switch
    {
        { Kind: NodeKind.List } => found.Items,
        { Kind: NodeKind.Scalar, Style: ScalarStyle.Any } => [.. found.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => Node.Scalar(text, ScalarStyle.Any, found.At))],
        { Kind: NodeKind.Scalar } when allowsOne => [found],
        _ => null,
    };

    private static string? Hint(string found, IEnumerable<string> known) => Nearest.Of(found, known) is { } nearest ? $"Did you mean {Quoted.Text(nearest)}?" : null;

    private static string Or(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    private string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private string Name(string key, Node? found) => found?.At.Name ?? Join(key);

    private string Named(Node section) => (section.At.Name ?? path) is { Length: > 0 } name ? name + ": " : "";

    private void Refuse(Position at, string message) => problems.Add(at.Problem(message));
}
