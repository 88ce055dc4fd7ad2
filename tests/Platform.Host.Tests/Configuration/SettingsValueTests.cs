using Platform.Host.Configuration;
using Platform.Sdk;
using static Platform.Host.Tests.Configuration.Written;

namespace Platform.Host.Tests.Configuration;

public sealed class SettingsValueTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"true\"", "true")]
    [InlineData("yes", "yes")]
    [InlineData("12", 12L)]
    [InlineData("-12", -12L)]
    [InlineData("0", 0L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("\"12\"", "12")]
    [InlineData("012", "012")]
    [InlineData("+12", "+12")]
    [InlineData("0x10", "0x10")]
    [InlineData("1_000", "1_000")]
    [InlineData("1.5", 1.5)]
    [InlineData("-0.5", -0.5)]
    [InlineData("1.5e-3", 0.0015)]
    [InlineData("2E2", 200.0)]
    [InlineData("1.", "1.")]
    [InlineData(".5", ".5")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1e", "1e")]
    [InlineData(".inf", ".inf")]
    [InlineData("2024-01-31", "2024-01-31")]
    [InlineData("", null)]
    [InlineData("~", null)]
    [InlineData("null", null)]
    [InlineData("\"\"", "")]
    [InlineData("'~'", "~")]
    public void Scalar_AsWritten_GivesThisValue(string written, object? value)
    {
        var settings = Options($"plugins:\n  each:\n    p:\n      settings:\n        x: {written}\n").Plugins.For("p").Settings;
        Assert.True(settings.ContainsKey("x"));
        Assert.Equal(value, settings["x"]);
    }

    [Fact]
    public void Map_Nested_KeepsListsAndMaps()
    {
        var settings = Options("plugins: { each: { p: { settings: { a: [1, { b: x }], c: { d: {} } } } } }\n").Plugins.For("p").Settings;
        var list = Assert.IsType<DataList>(settings["a"]);
        Assert.Equal(1L, list[0]);
        Assert.Equal("x", Assert.IsType<DataMap>(list[1])["b"]);
        Assert.Empty(Assert.IsType<DataMap>(Assert.IsType<DataMap>(settings["c"])["d"]));
    }

    [Fact]
    public void Overlay_OfMaps_MergesKeyByKeyAndReplacesTheRest()
    {
        var merged = SettingsValue.Overlay(
            new DataMap { ["a"] = new DataMap { ["x"] = 1, ["y"] = 2 }, ["list"] = new[] { 1, 2 }, ["b"] = new DataMap { ["z"] = 1 } },
            new DataMap { ["a"] = new DataMap { ["y"] = 3 }, ["list"] = new[] { 9 }, ["b"] = null });
        var a = Assert.IsType<DataMap>(merged["a"]);
        Assert.Equal((1L, 3L), (a["x"], a["y"]));
        Assert.Equal([9L], Assert.IsType<DataList>(merged["list"]));
        Assert.Null(merged["b"]);
    }
}
