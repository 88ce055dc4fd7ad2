using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Conformance.Helpers;

/// <summary>Finds the C# that does what a helper's JavaScript does.</summary>
internal static partial class SpecHelpers
{
    private const int KeyLetters = 12;

    /// <summary>The function of a JavaScript source, whatever its white space; null where none was written yet.</summary>
    public static SpecFunction? Find(string source)
    {
        var key = Key(source);
        return TextHelpers.All.GetValueOrDefault(key) ?? BlockHelpers.All.GetValueOrDefault(key);
    }

    /// <summary>What a source is known by: the first letters of the SHA-256 of its text with single spaces.</summary>
    public static string Key(string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WhiteSpace().Replace(source, " ").Trim())))[..KeyLetters];

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
