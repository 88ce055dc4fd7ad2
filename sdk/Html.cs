using System.Text;

namespace Platform.Sdk;

/// <summary>Text that is HTML already: what a helper returns to have it printed as it is. Whoever makes one answers for what stands in it.</summary>
/// <param name="Text">The HTML.</param>
public sealed record Html(string Text)
{
    /// <summary>A text as HTML that shows it: in an element, or in an attribute within quotes.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var html = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#x27;"),
                '`' => html.Append("&#x60;"),
                '=' => html.Append("&#x3D;"),
                _ => html.Append(letter),
            };
        }

        return html.ToString();
    }

    /// <summary>The HTML.</summary>
    public override string ToString() => Text;
}
