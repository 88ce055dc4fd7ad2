using Platform.Host.Caching;

namespace Platform.Host.Tests.Caching;

/// <summary>The numbers of purges.</summary>
public sealed class PurgeTableTests
{
    [Fact]
    public void Purge_OfATag_DropsWhatBearsItAndWasBegunBefore()
    {
        var table = new PurgeTable();
        table.Purge("news");
        Assert.Equal(1, table.Last);
        Assert.True(table.IsPurged(["list", "news"], 0));
        Assert.False(table.IsPurged(["news"], 1));
        Assert.False(table.IsPurged(["list"], 0));
        Assert.False(table.IsPurged([], 0));
        table.Purge(null);
        Assert.True(table.IsPurged([], 1));
        Assert.False(table.IsPurged(["news"], 2));
    }

    [Fact]
    public void Enter_InAnyOrder_KeepsTheGreatestNumbers()
    {
        var table = new PurgeTable();
        table.Enter("news", 7);
        table.Enter("news", 5);
        table.Enter(null, 3);
        Assert.Equal(7, table.Last);
        Assert.True(table.IsPurged(["news"], 6));
        Assert.True(table.IsPurged([], 2));
        Assert.False(table.IsPurged(["other"], 3));
    }

    [Fact]
    public void Tags_BeyondTheLimit_PurgeEverythingOnce()
    {
        var table = new PurgeTable(maxTags: 3);
        foreach (var tag in new[] { "a", "b", "c" }) table.Purge(tag);
        Assert.False(table.IsPurged(["other"], 0));
        table.Purge("d");
        Assert.True(table.IsPurged(["other"], 3));
        Assert.False(table.IsPurged(["a", "d"], 4));
        table.Purge("e");
        Assert.False(table.IsPurged(["other"], 4));
    }
}
