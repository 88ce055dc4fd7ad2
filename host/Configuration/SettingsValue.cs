using System.Globalization;
using Platform.Sdk;

namespace Platform.Host.Configuration;

/// <summary>
/// Turns what an author wrote under <c>settings:</c> into the value model of plugins. Unquoted <c>true</c> and <c>false</c>
/// are bool, <c>12</c> is long, <c>1.5</c> is double, nothing, <c>~</c> and <c>null</c> are null, all else is string.
/// </summary>
public static class SettingsValue
{
    /// <summary>The value of a node; numbers too large for the model are added to <paramref name="problems"/>.</summary>
    public static object? Of(Node node, ICollection<Problem> problems) => node.Kind switch
    {
        NodeKind.Map => MapOf(node, problems),
        NodeKind.List => new DataList(node.Items.Select(item => Of(item, problems))),
        NodeKind.Scalar => Scalar(node, problems),
        _ => null,
    };

    /// <summary>The map of a <c>settings:</c> node; empty where it was left out.</summary>
    public static DataMap MapOf(Node? node, string name, ICollection<Problem> problems)
    {
        if (node is null or { Kind: NodeKind.Null }) return new();
        if (node.Kind == NodeKind.Map) return MapOf(node, problems);
        problems.Add(node.At.Problem($"{node.At.Name ?? name}: {Quoted.Node(node)}; expected a map of settings."));
        return new();
    }

    /// <summary>Settings over their defaults: maps are merged key by key, anything else is replaced.</summary>
    public static DataMap Overlay(DataMap defaults, DataMap settings)
    {
        var merged = new DataMap(defaults);
        foreach (var (key, value) in settings) merged[key] = value is DataMap above && defaults[key] is DataMap below ? Overlay(below, above) : value;
        return merged;
    }

    /// <summary>True for a number with a fraction or an exponent, as JSON writes them.</summary>
    public static bool IsDecimal(string text)
    {
        var end = text.AsSpan().IndexOfAny('.', 'e', 'E');
        if (end < 0 || !SectionReader.IsWhole(text[..end])) return false;
        var rest = text.AsSpan(end);
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits == 0 || rest.Length == 1) return false;
            rest = digits < 0 ? [] : rest[(digits + 1)..];
        }

        if (rest.Length == 0) return true;
        if (rest[0] is not ('e' or 'E')) return false;
        rest = rest[1..];
        if (rest.Length > 0 && rest[0] is '+' or '-') rest = rest[1..];
        return rest.Length > 0 && !rest.ContainsAnyExceptInRange('0', '9');
    }

    private static DataMap MapOf(Node node, ICollection<Problem> problems) =>
        new(node.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value, problems))));

    private static object? Scalar(Node node, ICollection<Problem> problems)
    {
        if (!SectionReader.IsUnquoted(node)) return node.Text;
        if (node.Text is "true" or "false") return node.Text == "true";
        if (SectionReader.IsWhole(node.Text))
        {
            if (long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        }
        else if (IsDecimal(node.Text))
        {
            var number = double.Parse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (double.IsFinite(number)) return number;
        }
        else
        {
            return node.Text;
        }

        problems.Add(node.At.Problem($"{Quoted.Node(node)}; expected a number that fits 64 bits. Put it in quotes to hand it on as text."));
        return null;
    }
}
