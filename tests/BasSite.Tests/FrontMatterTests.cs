using BasSite.Content;

namespace BasSite.Tests;

public sealed class FrontMatterTests
{
    private static readonly string[] Known = ["title", "date", "tags", "id"];

    [Fact]
    public void Read_KeysAndBody_AreSplit()
    {
        var (head, body) = FrontMatter.Read("---\r\ntitle: Tides: a history\r\n# a note\r\n\r\ntags: tide, sea-level\r\n---\r\nText\r\n", Known);

        Assert.Equal("Tides: a history", head.Required("title"));
        Assert.Equal(["tide", "sea-level"], head.Words("tags"));
        Assert.Equal("Text\n", body);
        Assert.Equal(7, head.BodyLine);
    }

    [Theory]
    [InlineData("title: x\n---\n", 1, "front matter: found 'title: x'; expected '---' alone on the first line. Begin the file with it.")]
    [InlineData("---\ntitle: x\n", 3, "front matter: found no end; expected a second '---' alone on a line. Put it between the keys and the text.")]
    [InlineData("---\ntitle x\n---\n", 2, "front matter: found 'title x'; expected 'key: value'. Put a colon and a space behind the key.")]
    [InlineData("---\ntitle: x\ncolour: red\n---\n", 3, "colour: found an unknown key; expected one of title, date, tags, id. Correct or remove the line.")]
    [InlineData("---\ntitle: x\ntitle: y\n---\n", 3, "title: found a second time; expected once. Remove one of the lines.")]
    [InlineData("---\ntitle: \"x\"\n---\n", 2, "title: found '\"x\"'; expected plain text to the end of the line. Remove the mark it begins with.")]
    public void Read_BrokenHead_NamesLineAndRemedy(string text, int line, string message)
    {
        var error = Assert.Throws<ContentException>(() => FrontMatter.Read(text, Known));

        Assert.Equal((line, message), (error.Line, error.Message));
    }

    [Fact]
    public void Value_OfTheWrongKind_NamesItsLine()
    {
        var (head, _) = FrontMatter.Read("---\nid: minus\ndate: 2026-02-30\ntags: Sea Level\n---\n", Known);

        Assert.Equal((2, "id: found 'minus'; expected a whole number from 1. Write digits only."), Of(() => head.Number("id")));
        Assert.Equal((3, "date: found '2026-02-30'; expected a date such as 2026-03-21. Write year, month and day."), Of(() => head.Date("date")));
        Assert.Equal((4, "tags: found 'Sea Level'; expected words of small letters, digits and hyphens between commas. Correct the word."), Of(() => head.Words("tags")));
        Assert.Equal((1, "title: found nothing; expected a value. Add the line 'title: …' between the two '---'."), Of(() => head.Required("title")));
    }

    private static (int Line, string Message) Of(Func<object> read)
    {
        var error = Assert.Throws<ContentException>(read);
        return (error.Line, error.Message);
    }
}
