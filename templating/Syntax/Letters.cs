using System.Buffers;

namespace Platform.Templating.Syntax;

/// <summary>Classes of letters, as the regular expressions of the grammar have them.</summary>
internal static class Letters
{
    private const string Spaces = "\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    private static readonly SearchValues<char> AllSpaces = SearchValues.Create(Spaces);
    private static readonly SearchValues<char> NoName = SearchValues.Create(Spaces + "!\"#%&'()*+,./;<=>@[\\]^`{|}~");

    /// <summary>White space as JavaScript has it: with U+FEFF, without U+0085.</summary>
    public static bool IsSpace(char letter) => letter <= ' ' ? letter is ' ' or (>= '\t' and <= '\r') : letter >= '\u00A0' && AllSpaces.Contains(letter);

    /// <summary>May stand in a name.</summary>
    public static bool IsName(char letter) => !NoName.Contains(letter);

    /// <summary>The length of the name that begins at an offset; 0 where none does.</summary>
    public static int NameLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(NoName);
        return end < 0 ? text.Length : end;
    }

    /// <summary>May follow a name.</summary>
    public static bool EndsName(char letter) => letter is '=' or '~' or '}' or '/' or '.' or ')' or '|' || IsSpace(letter);

    /// <summary>May follow a literal.</summary>
    public static bool EndsLiteral(char letter) => letter is '~' or '}' or ')' || IsSpace(letter);

    public static bool IsWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
