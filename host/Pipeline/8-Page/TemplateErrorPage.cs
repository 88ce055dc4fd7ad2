using System.Text;
using Platform.Host.Themes;
using Platform.Sdk;
using Platform.Templating;
using static Platform.Host.Pipeline.BuiltInPage;

namespace Platform.Host.Pipeline;

/// <summary>A template that failed, shown to its author: the message, the lines around, how the page came there, what the data hold.</summary>
internal static class TemplateErrorPage
{
    private const int LinesAround = 2;
    private const int LongestLine = 200;

    public static byte[] Of(PageContext page, Themes.TemplateException failure, DataMap data)
    {
        var templates = page.Generation.Templates;
        var place = failure.Line > 0 ? $"{failure.File}({failure.Line},{failure.Column})" : failure.File;
        return BuiltInPage.Of("A template failed", $"""
            <p class="place"><code>{Html(place)}</code></p>
            <p class="message">{Html(failure.Problem.Message)}</p>
            <pre class="source">{Source(templates.TextOf(failure.File), failure)}</pre>
            {Trail(failure.Trail, templates)}
            <h2>The data’s keys</h2>
            <dl>{string.Concat(data.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"<div><dt><code>{Html(entry.Key)}</code></dt> <dd>{Html(Kind(entry.Value))}</dd></div>"))}</dl>
            {Foot(page, StatusCodes.Status500InternalServerError)}
            """);
    }

    private static string Source(string? text, Themes.TemplateException failure)
    {
        if (text is null || failure.Line <= 0) return Html(failure.Excerpt);
        var lines = text.Split('\n');
        var html = new StringBuilder();
        for (var number = Math.Max(1, failure.Line - LinesAround); number <= Math.Min(lines.Length, failure.Line + LinesAround); number++)
        {
            var (line, before) = Cut(lines[number - 1], failure.Column);
            html.Append($"<i>{number,5} </i>").Append(number == failure.Line ? $"<b>{Html(line)}</b>\n" : $"{Html(line)}\n");
            if (number == failure.Line && failure.Column > 0) html.Append("<i>      </i>").Append(' ', Math.Max(0, failure.Column - 1 - before)).Append("<b>^</b>\n");
        }

        return html.ToString();
    }

    private static string Trail(IReadOnlyList<TemplatePlace> trail, TemplateStore templates)
    {
        if (trail.Count == 0) return "";
        var calls = trail.Select(call => $"<li><code class=\"place\">{Html(call.ToString())}</code><pre>{Html(LineOf(templates.TextOf(call.File), call))}</pre></li>");
        return $"<h2>How the page came there</h2>\n<ol class=\"trail\">{string.Concat(calls)}</ol>";
    }

    private static string LineOf(string? text, TemplatePlace call)
    {
        var lines = text?.Split('\n') ?? [];
        return call.Line > 0 && call.Line <= lines.Length ? Cut(lines[call.Line - 1], call.Column).Line.Trim() : "";
    }

    /// <summary>A line without what would move the caret, cut around a column; and how many letters were cut off before it.</summary>
    private static (string Line, int Before) Cut(string line, int column)
    {
        var plain = string.Concat(line.TrimEnd('\r').Select(letter => char.IsControl(letter) ? ' ' : letter));
        var before = Math.Clamp(column - (LongestLine / 2), 0, Math.Max(0, plain.Length - LongestLine));
        return (plain.Substring(before, Math.Min(LongestLine, plain.Length - before)), before);
    }

    private static string Kind(object? value) => value switch
    {
        null => "nothing",
        bool flag => flag ? "true" : "false",
        string text => text.Length == 0 ? "an empty text" : "a text",
        DataList list => $"a list of {list.Count}",
        DataMap map => $"a map of {map.Count}",
        _ => "a number",
    };
}
