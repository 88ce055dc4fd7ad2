using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BasSite.Content;

/// <summary>The body of a content file as HTML for the page and as plain text for the search.</summary>
/// <param name="Html">Safe to print as it is: raw HTML of the author was turned into text.</param>
/// <param name="Text">One line.</param>
internal sealed partial record Markup(string Html, string Text)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    /// <param name="body">Markdown.</param>
    /// <param name="firstLine">The line of the file on which it begins, from 1.</param>
    /// <exception cref="ContentException">A link leads to something that is no page.</exception>
    public static Markup From(string body, int firstLine)
    {
        var document = Markdown.Parse(body, Pipeline);
        foreach (var link in document.Descendants<LinkInline>()) Check(link.Url, firstLine + link.Line);
        foreach (var link in document.Descendants<AutolinkInline>()) Check(link.IsEmail ? "mailto:" : link.Url, firstLine + link.Line);
        return new(document.ToHtml(Pipeline).TrimEnd(), Plain(Markdown.ToPlainText(body, Pipeline)));
    }

    // The apostrophe that keyboards have, so that what a visitor types is found.
    private static string Plain(string text) => Blank().Replace(text, " ").Replace('’', '\'').Trim();

    private static void Check(string? url, int line)
    {
        if (url is null || !Scheme().IsMatch(url) || Allowed().IsMatch(url)) return;
        throw new ContentException(line, $"link: found '{url}'; expected a local path, http, https or mailto. Correct the address.");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[^/?#]*:")]
    private static partial Regex Scheme();

    [GeneratedRegex("^(https?|mailto):", RegexOptions.IgnoreCase)]
    private static partial Regex Allowed();
}
