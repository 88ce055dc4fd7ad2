using Platform.Host.Configuration;

namespace Platform.Host.Tests.Configuration;

public sealed class VersionRangeTests
{
    [Theory]
    [InlineData("1.2", "1.2.0", true)]
    [InlineData("1.2", "1.9", true)]
    [InlineData("1.2", "1.1.9", false)]
    [InlineData("1.2", "2.0", false)]
    [InlineData(">=1.2 <3", "2.9.9", true)]
    [InlineData(">=1.2 <3", "3.0", false)]
    [InlineData("=1.2.3", "1.2.3+abc", true)]
    [InlineData(">1.2", "1.2", false)]
    [InlineData("<=1.2", "1.2", true)]
    [InlineData("1.2", "one", false)]
    public void Holds_OfAVersion_IsSoWithinTheRange(string range, string version, bool holds)
    {
        Assert.True(VersionRange.TryParse(range, out var read, out _), range);
        Assert.Equal(holds, read.Holds(version));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1.")]
    [InlineData("1.2.3.4.5")]
    [InlineData("~1.2")]
    [InlineData(">=1.2 <")]
    [InlineData("9999999999")]
    public void TryParse_WhatIsNoRange_IsRefused(string text) => Assert.False(VersionRange.TryParse(text, out _, out _), text);
}
