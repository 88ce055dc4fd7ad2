using System.Buffers;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>The signs Handlebars.js escapes, and how.</summary>
internal static class HtmlSigns
{
    public static SearchValues<char> All { get; } = SearchValues.Create("&<>\"'`=");

    public const int LongestEntity = 6;

    private static readonly byte[]?[] Entities = [.. Enumerable.Range(0, 128).Select(i => Entity((char)i) is { } entity ? System.Text.Encoding.ASCII.GetBytes(entity) : null)];

    /// <summary>The entity of an ASCII letter as UTF-8; null where it stays as it is.</summary>
    public static byte[]? Bytes(char letter) => Entities[letter];

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
