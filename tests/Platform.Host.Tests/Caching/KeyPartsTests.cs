using Platform.Host.Caching;

namespace Platform.Host.Tests.Caching;

/// <summary>The parts of a request that a page depends on.</summary>
public sealed class KeyPartsTests
{
    [Fact]
    public void Parts_NamedInAnyOrderAndCase_AreEqual()
    {
        var one = new KeyParts(false, false, ["b", "a", "b"], ["X-B", "Accept"], ["d", "c"]);
        Assert.Equal(new KeyParts(false, false, ["a", "b"], ["accept", "x-b"], ["c", "d"]), one);
        Assert.Equal(new KeyParts(false, false, ["a", "b"], ["accept", "x-b"], ["c", "d"]).GetHashCode(), one.GetHashCode());
        Assert.NotEqual(new KeyParts(false, false, ["A", "b"], ["accept", "x-b"], ["c", "d"]), one);
        Assert.Equal(["accept", "x-b"], one.Headers);
    }

    [Fact]
    public void Union_HasWhatEitherHas()
    {
        var both = new KeyParts(true, false, ["b"], ["X-B"], []).Union(new(false, false, ["a"], [], ["c"]));
        Assert.Equal(new KeyParts(true, false, ["a", "b"], ["x-b"], ["c"]), both);
        Assert.Same(both, both.Union(both with { }));
        Assert.Empty(both.Union(new(false, true, [], [], [])).Query);
        Assert.True(KeyParts.None.Union(KeyParts.None).IsNone);
    }
}
