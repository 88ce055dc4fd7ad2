namespace BasSite.Tests;

public sealed class LiveSiteTests : IDisposable
{
    private readonly ContentFolder content = new();

    [Fact]
    public void Current_AfterAChange_IsNewOnceASecondHasPassed()
    {
        var live = content.Article(1, "first").Open();
        var before = live.Current;

        content.Article(2, "second");
        Assert.Same(before, live.Current);
        content.Pass(1000);

        Assert.Equal(["second", "first"], live.Current.All.Articles.Select(a => a.Slug));
    }

    [Fact]
    public void Current_WithoutAChange_StaysTheSame()
    {
        var live = content.Article(1, "first").Open();
        var before = live.Current;
        content.Pass(5000);

        Assert.Same(before, live.Current);
    }

    [Fact]
    public void Current_BrokenFile_KeepsItsLastGoodVersionAndSaysSoOnce()
    {
        var live = content.Article(1, "first", title: "Good").Open();
        content.Write("news/first.md", "---\nid: 1\ntitle: Bad\n").Article(2, "second");
        content.Pass(1000);

        Assert.Equal("Good", live.Current.BySlug["first"].Title);
        Assert.Equal(2, live.Current.All.Articles.Count);
        content.Pass(1000);
        _ = live.Current;
        var line = Assert.Single(content.Log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^bas-site: .*news/first\.md\(4,1\): front matter: found no end; .* Until then the last good version stays\.$", line);
    }

    [Fact]
    public void Current_FileDeleted_IsGone()
    {
        var live = content.Article(1, "first").Article(2, "second").Open();
        content.Delete("news/second.md").Pass(1000);

        Assert.Equal(404, live.Current.Article("second").Status);
    }

    [Fact]
    public void Current_EverythingDeleted_KeepsTheSite()
    {
        var live = content.Article(1, "first").Open();
        content.Delete("news/first.md").Pass(1000);

        Assert.Single(live.Current.All.Articles);
    }

    [Fact]
    public void Current_TwoFilesWithOneId_LeavesTheLaterOutAndSaysSo()
    {
        var live = content.Article(1, "first").Article(1, "second").Open();

        Assert.Equal("first", Assert.Single(live.Current.All.Articles).Slug);
        Assert.Contains("second.md: id: found 1 as in first.md; expected a number of its own.", content.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NothingReadable_Throws() =>
        Assert.Contains("found no readable content", Assert.Throws<InvalidOperationException>(() => content.Open()).Message, StringComparison.Ordinal);

    public void Dispose() => content.Dispose();
}
