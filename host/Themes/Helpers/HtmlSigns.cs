using System.Buffers;

namespace Platform.Host.Themes.Helpers;

/// <summary>The signs Handlebars.js escapes, and how.</summary>
internal static class HtmlSigns
{
    public static SearchValues<char> All { get; } = SearchValues.Create("&<>\"'`=");

    public static string? Entity(char sign) => sign switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#x27;",
        '`' => "&#x60;",
        '=' => "&#x3D;",
        _ => null,
    };
}
