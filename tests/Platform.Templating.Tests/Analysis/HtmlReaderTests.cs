using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Platform.Templating.Analysis.Html;

namespace Platform.Templating.Tests.Analysis;

/// <summary>The reader of literal HTML beside an HTML parser: both must say where a word behind a random beginning of a page ends up.</summary>
public sealed class HtmlReaderTests
{
    private const int Pages = 20_000;
    private const string Word = "zqz";

    private static readonly string[] Pieces =
    [
        "<", "</", "<p", "<a ", "<a href", "=", "\"", "'", ">", "/", " ", "\n", "x", "<!--", "--", "-->", "-", "!", "<!", "<?", "<!doctype html", "<script>", "</script>",
        "</script ", "<title>", "</title>", "<textarea>", "</textarea>", "<style>", "</style>", "<b q", "&amp;", "<script src=\"", "<script", "--!>", " / ", "?", "<svg/>",
        "<h1>", "</h1>", "<input ", "on=", "`", "]]>", "<xmp>", "</xmp>",
    ];

    private static readonly string[] Special = ["title", "textarea", "style", "script", "xmp"];

    [Fact]
    public void Place_BehindARandomBeginning_IsWhereAParserPutsIt()
    {
        var random = new Random(5);
        var parser = new HtmlParser();
        for (var i = 0; i < Pages; i++)
        {
            var page = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var state = HtmlReader.Read(HtmlState.Start, page);
            var (ours, theirs) = (PlaceOf(state), PlaceOf(parser.ParseDocument(page + Word + EndOf(state))));
            // End tags have no attributes, a doctype has no comment, and of two attributes of a name one is gone.
            if (theirs == "nowhere" && (ours is "end tag" or "value" || (ours == "comment" && page.Contains("<!doctype", StringComparison.Ordinal)))) continue;
            Assert.True(ours == theirs, $"{page} leads to {ours}; the parser says {theirs}.");
        }
    }

    private static string PlaceOf(HtmlState state) => state.Mode switch
    {
        HtmlMode.Text => "text",
        HtmlMode.RcData or HtmlMode.RawText or HtmlMode.Script => state.Element,
        HtmlMode.EndTagOpen => "end tag",
        _ when state.IsEnd => "end tag",
        HtmlMode.TagOpen or HtmlMode.TagName => "element",
        HtmlMode.BeforeValue or HtmlMode.DoubleQuoted or HtmlMode.SingleQuoted or HtmlMode.Unquoted => "value",
        HtmlMode.BeforeAttribute or HtmlMode.AttributeName or HtmlMode.AfterAttributeName or HtmlMode.AfterQuoted or HtmlMode.SelfClosing => "attribute",
        _ => "comment",
    };

    private static string EndOf(HtmlState state) => state.Mode switch
    {
        HtmlMode.Text => "",
        HtmlMode.DoubleQuoted => "\">",
        HtmlMode.SingleQuoted => "'>",
        HtmlMode.Script when state.Hidden == 2 => "</script></script>",
        HtmlMode.RcData or HtmlMode.RawText or HtmlMode.Script => $"</{state.Element}>",
        >= HtmlMode.CommentStart and <= HtmlMode.CommentEndBang => "-->",
        _ => ">",
    };

    private static string PlaceOf(IDocument page)
    {
        foreach (var node in page.Descendants())
        {
            switch (node)
            {
                case IElement element when Has(element.LocalName):
                    return "element";
                case IElement element when element.Attributes.FirstOrDefault(attribute => Has(attribute.Name) || Has(attribute.Value)) is { } attribute:
                    return Has(attribute.Name) ? "attribute" : "value";
                case IText text when Has(text.Data):
                    return text.ParentElement is { } parent && Special.Contains(parent.LocalName) ? parent.LocalName : "text";
                case IComment comment when Has(comment.Data):
                    return "comment";
                case IDocumentType type when Has(type.Name + type.PublicIdentifier + type.SystemIdentifier):
                    return "comment";
            }
        }

        return "nowhere";
    }

    private static bool Has(string text) => text.Contains(Word, StringComparison.OrdinalIgnoreCase);
}
