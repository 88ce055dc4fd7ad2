namespace Platform.Templating.Analysis.Html;

/// <summary>A place in a script: only in its code is a JSON value one value.</summary>
internal enum ScriptPart
{
    Code,
    SingleQuoted,
    DoubleQuoted,
    Template,
    LineComment,
    BlockComment,
}

/// <summary>Follows a script from part to part. A quote in a regular expression is taken for a text's, until the end of its line.</summary>
internal static class ScriptText
{
    public static ScriptPart Read(ScriptPart part, ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (part)
            {
                case ScriptPart.Code:
                    part = (text[i], next) switch
                    {
                        ('\'', _) => ScriptPart.SingleQuoted,
                        ('"', _) => ScriptPart.DoubleQuoted,
                        ('`', _) => ScriptPart.Template,
                        ('/', '/') => ScriptPart.LineComment,
                        ('/', '*') => ScriptPart.BlockComment,
                        _ => part,
                    };
                    if (part is ScriptPart.LineComment or ScriptPart.BlockComment) i++;
                    break;
                case ScriptPart.LineComment:
                    if (text[i] is '\n' or '\r') part = ScriptPart.Code;
                    break;
                case ScriptPart.BlockComment:
                    if (text[i] == '*' && next == '/') (part, i) = (ScriptPart.Code, i + 1);
                    break;
                default:
                    if (text[i] == '\\') i++;
                    else if (text[i] == Quote(part) || (part != ScriptPart.Template && text[i] is '\n' or '\r')) part = ScriptPart.Code;
                    break;
            }
        }

        return part;
    }

    private static char Quote(ScriptPart part) => part switch { ScriptPart.SingleQuoted => '\'', ScriptPart.DoubleQuoted => '"', _ => '`' };
}
