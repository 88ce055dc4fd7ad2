using Platform.Sdk;

namespace BasSite.Tests;

public sealed class SiteSettingsTests
{
    [Fact]
    public void From_Nothing_HasDefaults() => Assert.Equal(new SiteSettings(), SiteSettings.From([]));

    [Fact]
    public void From_NumbersAndText_AreBothRead()
    {
        var settings = SiteSettings.From(new DataMap { ["page_size"] = 7, ["year"] = 2026, ["url"] = "https://ternholm.example/" });

        Assert.Equal((7, "2026", "https://ternholm.example"), (settings.PageSize, settings.Year, settings.Url));
    }

    [Theory]
    [InlineData("page_size", "0", "settings.page_size: found '0'; expected a whole number from 1 to 50. Correct it in plugin.yaml or config.yaml.")]
    [InlineData("page_size", "many", "settings.page_size: found 'many'; expected a whole number from 1 to 50. Correct it in plugin.yaml or config.yaml.")]
    public void From_WrongNumber_NamesTheSetting(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => SiteSettings.From(new DataMap { [key] = value })).Message);

    [Fact]
    public void From_ListForText_NamesTheSetting() =>
        Assert.Equal("settings.name: found a DataList; expected text. Write it on one line.", Assert.Throws<ArgumentException>(() => SiteSettings.From(new DataMap { ["name"] = new[] { "a" } })).Message);
}
