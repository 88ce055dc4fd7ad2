using BasSite.Content;

namespace BasSite.Tests;

public sealed class MarkupTests
{
    [Fact]
    public void From_RawHtml_BecomesText()
    {
        var markup = Markup.From("Before <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n", 5);

        Assert.DoesNotContain("<script", markup.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", markup.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("One.\n\n[x](javascript:alert(1))")]
    [InlineData("One.\n\n[x](JaVaScRiPt:alert(1))")]
    [InlineData("One.\n\n![x](data:text/html;base64,AA)")]
    [InlineData("One.\n\n<javascript:alert(1)>")]
    public void From_LinkThatRuns_IsRefusedWithItsLine(string body)
    {
        var error = Assert.Throws<ContentException>(() => Markup.From(body, 6));

        Assert.Equal(8, error.Line);
        Assert.Contains("expected a local path, http, https or mailto", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x](/news)")]
    [InlineData("[x](news?at=10:30)")]
    [InlineData("[x](#our-data)")]
    [InlineData("[x](https://ternholm.example/)")]
    [InlineData("<post@ternholm.example>")]
    public void From_OrdinaryLink_IsKept(string body) => Assert.Contains("<a href=", Markup.From(body, 1).Html, StringComparison.Ordinal);

    [Fact]
    public void Text_Apostrophe_IsThatOfTheKeyboard() => Assert.Equal("don't", Markup.From("don’t", 1).Text);

    [Fact]
    public void Text_OfMarkdown_IsOnePlainLine() =>
        Assert.Equal("Head One two & three", Markup.From("## Head\n\nOne *two*\n& [three](/x)\n", 1).Text);
}
