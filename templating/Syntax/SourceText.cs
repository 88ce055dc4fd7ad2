namespace Platform.Templating.Syntax;

/// <summary>Lines and columns of a source.</summary>
internal static class SourceText
{
    private const int LongestExcerpt = 160;

    public static TemplatePlace PlaceOf(TemplateSource source, int offset)
    {
        var before = source.Text.AsSpan(0, Math.Clamp(offset, 0, source.Text.Length));
        return new(source.File, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    public static TemplateException Error(TemplateSource source, int offset, string reason) =>
        new(PlaceOf(source, offset), reason, Excerpt(source.Text, offset), []);

    /// <summary>The line of an offset, without tabs, and a caret below it; a long line is cut around the offset.</summary>
    public static string Excerpt(string text, int offset)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        var begin = text.AsSpan(0, offset).LastIndexOf('\n') + 1;
        var length = text.AsSpan(begin).IndexOfAny('\n', '\r');
        var end = length < 0 ? text.Length : Math.Max(begin + length, offset);
        if (offset - begin > LongestExcerpt / 2) begin = offset - (LongestExcerpt / 2);
        end = Math.Min(end, begin + LongestExcerpt);
        var line = string.Create(end - begin, (text, begin), static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var letter = from.text[from.begin + i];
                span[i] = char.IsControl(letter) ? ' ' : letter;
            }
        });
        return $"{line}\n{new string(' ', offset - begin)}^";
    }
}
