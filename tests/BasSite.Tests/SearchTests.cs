using BasSite.Search;
using Platform.Sdk;

namespace BasSite.Tests;

public sealed class SearchTests : IDisposable
{
    private readonly ContentFolder content = new();

    [Fact]
    public void For_SeveralWords_FindsOnlyWhereAllStandBestFirst()
    {
        content.Article(1, "in-title", title: "Storm petrel", body: "x")
            .Article(2, "in-text", body: "A STORM and a petrel, far apart.")
            .Article(3, "one-only", body: "A storm.");

        Assert.Equal(["/news/in-title", "/news/in-text"], Results("petrel storm").Select(r => r["url"]));
    }

    [Fact]
    public void For_Markup_StaysText()
    {
        content.Article(1, "first", body: "Write `<b>bold</b>` so.");

        var hit = Assert.Single(Results("<b>"));
        Assert.Equal("Write |[<b>]|bold</b> so.", Show((DataList)hit["excerpt"]!));
    }

    [Fact]
    public void For_NoWords_HasSearchedNothing()
    {
        var page = content.Article(1, "first").Open().Current.Search.For("  ", 1)!;

        Assert.Equal((false, 0L), (page["searched"], page["total"]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void For_PageOutOfRange_IsNull(int? page)
    {
        for (var id = 1; id <= 4; id++) content.Article(id, $"no-{id}");

        Assert.Null(content.Open(pageSize: 2).Current.Search.For("text", page));
    }

    [Fact]
    public void Around_LongText_IsCutBetweenWordsAroundTheHit()
    {
        var text = string.Join(' ', Enumerable.Repeat("lorem", 60)) + " needle " + string.Join(' ', Enumerable.Repeat("ipsum", 60));

        var shown = Show(Excerpt.Around(text, new Words("NEEDLE")));

        Assert.StartsWith("… lorem", shown, StringComparison.Ordinal);
        Assert.Contains("lorem |[needle]| ipsum", shown, StringComparison.Ordinal);
        Assert.EndsWith("ipsum …", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Mark_WordsThatContainOneAnother_MarksTheLongest() =>
        Assert.Equal("the |[tides]| and |[tide]", Show(Excerpt.Mark("the tides and tide", new Words("tide tides"))));

    public void Dispose() => content.Dispose();

    private DataMap[] Results(string query) => [.. ((DataList)content.Open().Current.Search.For(query, 1)!["results"]!).Cast<DataMap>()];

    private static string Show(DataList pieces) =>
        string.Join('|', pieces.Cast<DataMap>().Select(p => p["hit"] is true ? $"[{p["text"]}]" : p["text"]));
}
