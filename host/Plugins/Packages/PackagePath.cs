using System.Globalization;
using System.Text;

namespace Platform.Host.Plugins.Packages;

/// <summary>Which paths a package may hold: those that mean one file, the same on every system, below the plugin's folder.</summary>
public static class PackagePath
{
    /// <summary>What is wrong with a path; null where nothing is.</summary>
    /// <param name="path">From the package's root, with <c>/</c> between names; a folder's without the one at its end.</param>
    public static string? Problem(string path)
    {
        var shown = Shown(path);
        if (path.Length == 0) return "an entry has no name; expected one such as \"news/news.dll\".";
        if (path.EnumerateRunes().FirstOrDefault(IsUnclear) is { Value: not 0 } rune) return $"{shown}: U+{rune.Value:X4} in a name; expected letters, digits and signs that are seen and are written in one way only.";
        if (path.Contains('\0', StringComparison.Ordinal)) return $"{shown}: U+0000 in a name; expected letters, digits and signs that are seen and are written in one way only.";
        if (path.IndexOfAny(['\\', ':', '*', '?', '"', '<', '>', '|']) is var sign and >= 0) return $"{shown}: '{path[sign]}' in a name; expected a name that every system takes, with / between folders.";
        if (path[0] == '/') return $"{shown}: begins at the root; expected a path inside the package.";
        if (Encoding.UTF8.GetByteCount(path) > PackageLimits.PathBytes) return $"{shown}: the path is longer than {PackageLimits.PathBytes} bytes; expected a shorter one.";
        var names = path.Split('/');
        if (names.Length > PackageLimits.Depth) return $"{shown}: {names.Length} names below each other; expected at most {PackageLimits.Depth}.";
        return names.Select(name => Problem(shown, name)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>A path as text that is fit for one line of a terminal.</summary>
    public static string Shown(string path)
    {
        var text = new StringBuilder("\"");
        foreach (var rune in path.EnumerateRunes())
        {
            if (IsUnclear(rune) || rune.Value == 0) text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else text.Append(rune.ToString());
            if (text.Length > 120) return text.Append("…\"").ToString();
        }

        return text.Append('"').ToString();
    }

    private static string? Problem(string path, string name) => name switch
    {
        "" => $"{path}: an empty name between two /; expected one / between names.",
        "." or ".." => $"{path}: \"{name}\" in a path; expected a path that leads down only.",
        _ when Encoding.UTF8.GetByteCount(name) > PackageLimits.NameBytes => $"{path}: a name is longer than {PackageLimits.NameBytes} bytes; expected a shorter one.",
        _ when name[^1] is '.' or ' ' || name[0] == ' ' => $"{path}: a name begins or ends with a space or ends with a dot; expected one that every system keeps as it is.",
        _ when PackageName.IsDevice(name) => $"{path}: a name that Windows takes for a device; expected another.",
        _ => null,
    };

    /// <summary>True for what is not seen, or what looks like another way to write the same: two such names would be one file on some systems.</summary>
    private static bool IsUnclear(Rune rune) => rune.Value switch
    {
        // Parts and doubles of other letters: jamo, oxia and its like, signs for ohm, kelvin and ångström, the blocks made for old encodings.
        (>= 0x1100 and <= 0x11FF) or 0x037E or 0x0374 or 0x0387 or (>= 0x1F00 and <= 0x1FFF) or 0x2126 or 0x212A or 0x212B or 0x2329 or 0x232A or (>= 0xF900 and <= 0xFAFF) or (>= 0xFB00 and <= 0xFB4F) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x2F800 and <= 0x2FA1F) or 0xFFFD => true,
        ' ' => false,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
