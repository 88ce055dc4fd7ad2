namespace Platform.Functional.Tests.Site;

/// <summary>The site of this repository under both template engines.</summary>
public sealed class EnginesTests
{
    private static readonly string[] Paths =
    [
        "/", "/about", "/news", "/news?page=2", "/news?tag=tide", "/news/the-long-ebb", "/news/winter-lectures", "/search", "/search?q=seaweed",
        "/search?q=%3Cscript%3E%26%22'", "/news/feed.xml", "/nowhere", "/warning?returnUrl=%2Fnews",
    ];

    [Fact]
    public async Task Pages_OfBothThemes_AreTheSameByteForByteUnderBothEngines()
    {
        using var own = TestSite.Shipped();
        using var other = TestSite.Shipped();
        other.Write("config.yaml", other.Read("config.yaml").Replace("engine: platform ", "engine: handlebars.net ", StringComparison.Ordinal));
        Assert.NotEqual(own.Read("config.yaml"), other.Read("config.yaml"));
        await using var first = await RunningServer.StartAsync(own);
        await using var second = await RunningServer.StartAsync(other);
        foreach (var host in new[] { "localhost", "dark.localhost" })
        {
            var (here, there) = (await first.Visitor(host).ConfirmedAsync(), await second.Visitor(host).ConfirmedAsync());
            foreach (var path in Paths)
            {
                var (ours, theirs) = (await here.GetAsync(path), await there.GetAsync(path));
                Assert.True(ours.Code == theirs.Code && ours.Text == theirs.Text, $"{host}{path} differs: ours is {ours}\nHandlebars.Net's is {theirs}");
            }
        }
    }
}
