using System.Text;

namespace Platform.Host.Configuration;

/// <summary>How a problem shows what was found: in quotes, shortened, without control characters.</summary>
public static class Quoted
{
    private const int MaxLength = 60;

    /// <summary>A text in quotes.</summary>
    public static string Text(string text) => $"\"{Escape(text)}\"";

    /// <summary>A node: a scalar as it was written, anything else by its kind.</summary>
    public static string Node(Node node) => node.Kind switch
    {
        NodeKind.Map => "a map",
        NodeKind.List => "a list",
        NodeKind.Null => "nothing",
        _ => node.Style == ScalarStyle.Plain ? Escape(node.Text) : Text(node.Text),
    };

    /// <summary>At most so many characters, control characters replaced.</summary>
    public static string Escape(string text, int maxLength = MaxLength)
    {
        var shown = new StringBuilder(Math.Min(text.Length, maxLength) + 1);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, maxLength))) shown.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c);
        return text.Length > maxLength ? shown.Append('…').ToString() : shown.ToString();
    }
}
