using Platform.Sdk;

namespace BasSite.Tests;

public sealed class PagesTests : IDisposable
{
    private readonly ContentFolder content = new();

    public PagesTests()
    {
        for (var id = 1; id <= 9; id++) content.Article(id, $"no-{id}", id % 2 == 0 ? "sky" : "tide, sky");
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 5)]
    [InlineData("tide", 3)]
    public void News_PageThatExists_IsTheSameObjectEachTime(string? tag, int page)
    {
        var site = content.Open().Current;

        Assert.Null(site.News(tag, page).Status);
        Assert.Same(site.News(tag, page), site.News(tag, page));
        Assert.Throws<InvalidOperationException>(() => site.News(tag, page)["title"] = "x");
    }

    [Theory]
    [InlineData(null, 6)]
    [InlineData(null, null)]
    [InlineData("tide", 4)]
    [InlineData("nobody", 1)]
    public void News_PageThatDoesNot_Is404(string? tag, int? page)
    {
        var answer = content.Open().Current.News(tag, page);

        Assert.Equal((404, "404"), (answer.Status, answer.Template));
    }

    [Fact]
    public void Pagination_InTheMiddle_ShowsNeighboursEndsAndGaps()
    {
        var pagination = (DataMap)content.Open(pageSize: 1).Current.News("sky", 5)["pagination"]!;

        var steps = ((DataList)pagination["steps"]!).Cast<DataMap>().Select(s => $"{(s["gap"] is true ? "…" : "")}{s["number"]}{(s["current"] is true ? "*" : "")}");
        Assert.Equal("1 …4 5* 6 …9", string.Join(' ', steps));
        Assert.Equal(("/news?tag=sky&page=4", "/news?tag=sky&page=6"), (pagination["previous"], pagination["next"]));
        Assert.Equal("/news?tag=sky", ((DataMap)((DataList)pagination["steps"]!)[0]!)["url"]);
    }

    [Fact]
    public void Article_HasTagsForThePurgeAndItsNeighbours()
    {
        var page = content.Open().Current.Article("no-5");

        Assert.Equal(["news", "article:no-5"], page.Tags);
        Assert.Equal("no-6", ((DataMap)page["newer"]!)["slug"]);
        Assert.Equal("no-4", ((DataMap)page["older"]!)["slug"]);
    }

    public void Dispose() => content.Dispose();
}
