using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Configuration;

/// <summary>A text turned into a value; false with the complaint <c>found; expected. remedy</c>.</summary>
public delegate bool TryParse<T>(string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? complaint)
    where T : class;

/// <summary>The kinds of names and short texts that the files know.</summary>
public static class Names
{
    /// <summary>A theme: letters, digits, <c>-</c>, <c>_</c>, at most 64.</summary>
    public static bool TryParseTheme(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, Is(text, "-_"), "the name of a theme, of letters, digits, - and _, at most 64", out value, out complaint);

    /// <summary>A plugin or an app: letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, at most 64.</summary>
    public static bool TryParsePlugin(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, Is(text, "-_.") && text[0] != '.', "a name of letters, digits, -, _ and ., at most 64", out value, out complaint);

    /// <summary>A handler: letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c>, <c>/</c>, at most 128.</summary>
    public static bool TryParseHandler(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, Is(text, "-_.:/", 128), "the name of a handler, of letters, digits, -, _, ., : and /, at most 128", out value, out complaint);

    /// <summary>A prefix of keys: letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c>, at most 64.</summary>
    public static bool TryParsePrefix(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, Is(text, "-_.:"), "a prefix of letters, digits, -, _, . and :, at most 64", out value, out complaint);

    /// <summary>A permission: printable characters without spaces, at most 128.</summary>
    public static bool TryParsePermission(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, text.Length is > 0 and <= 128 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)), "the name of a permission, without spaces, at most 128 characters", out value, out complaint);

    /// <summary>A path on this server: <c>/sign-in</c>; never one that leads a browser to another host.</summary>
    public static bool TryParseLocalPath(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, IsLocalPath(text), "a path on this server such as /sign-in", out value, out complaint);

    /// <summary>One line of text.</summary>
    public static bool TryParseLine(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, !text.Any(char.IsControl), "one line of text", out value, out complaint);

    /// <summary>A word of a command.</summary>
    public static bool TryParseArgument(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, text.Length is > 0 and <= 1024 && !text.Any(char.IsControl), "a word of a command, at most 1024 characters", out value, out complaint);

    /// <summary>A file or folder, from the site root or with a full path.</summary>
    public static bool TryParseFile(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, text.Trim().Length > 0 && !text.Any(char.IsControl), "a path from the site root, or a full path", out value, out complaint);

    /// <summary>The value of a header: printable ASCII.</summary>
    public static bool TryParseHeader(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, text.All(c => c is >= ' ' and <= '~'), "printable ASCII characters in one line", out value, out complaint);

    /// <summary>A key of a page's data: names with dots between them, <c>[]</c> behind that of a list.</summary>
    public static bool TryParseDataKey(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint) =>
        Check(text, text.Length <= 200 && text.Split('.').All(IsDataName), "a data key such as title, site.name or items[].title, at most 200 characters", out value, out complaint);

    internal static bool IsLocalPath(string text) =>
        text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && !text.Contains('\\', StringComparison.Ordinal) && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private static bool IsDataName(string text)
    {
        while (text.EndsWith("[]", StringComparison.Ordinal)) text = text[..^2];
        return text.Length > 0 && !text.Any(letter => letter is '[' or ']' || char.IsWhiteSpace(letter) || char.IsControl(letter));
    }

    private static bool Is(string text, string others, int length = 64) =>
        text.Length > 0 && text.Length <= length && text.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c, StringComparison.Ordinal));

    private static bool Check(string text, bool fits, string expected, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint)
    {
        value = fits ? text : null;
        complaint = fits ? null : $"{Quoted.Text(text)}; expected {expected}.";
        return fits;
    }
}
