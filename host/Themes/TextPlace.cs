namespace Platform.Host.Themes;

/// <summary>Lines and columns, from 1, of a text.</summary>
internal static class TextPlace
{
    public static (int Line, int Column) Of(string text, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        var start = before.LastIndexOf('\n') + 1;
        return (before.Count('\n') + 1, before.Length - start + 1);
    }

    /// <summary>The line and a caret below the column; long lines are cut around it.</summary>
    public static string Excerpt(string text, int line, int column)
    {
        if (line <= 0) return "";
        var start = 0;
        for (var i = 1; i < line; i++)
        {
            var next = text.IndexOf('\n', start);
            if (next < 0) return "";
            start = next + 1;
        }

        var end = text.IndexOf('\n', start);
        var whole = text[start..(end < 0 ? text.Length : end)].TrimEnd('\r').Replace('\t', ' ');
        var from = Math.Clamp(column - 60, 0, whole.Length);
        var shown = whole.Substring(from, Math.Min(100, whole.Length - from));
        return column <= 0 ? shown : $"{shown}\n{new string(' ', Math.Max(0, column - 1 - from))}^";
    }
}
