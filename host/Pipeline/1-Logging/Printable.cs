namespace Platform.Host.Pipeline;

/// <summary>Which characters a line of a log may hold: no text of a visitor or plugin can begin a line of its own, send a control character to a terminal, or turn the direction of writing.</summary>
internal static class Printable
{
    /// <summary>True where the character may stand in a line as it is.</summary>
    public static bool Allows(char c) =>
        !char.IsControl(c) && !(c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'));

    /// <summary>True where all characters are of ASCII and may stand as they are.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');
}
