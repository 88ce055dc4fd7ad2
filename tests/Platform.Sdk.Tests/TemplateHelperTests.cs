namespace Platform.Sdk.Tests;

public sealed class TemplateHelperTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("grüße")]
    public void Name_ThatTemplatesCouldNotWrite_Throws(string name) =>
        Assert.Equal($"A helper's name is '{name}'; expected a letter and then letters, digits, '_' or '-', at most 64.", Assert.Throws<ArgumentException>(() => TemplateHelper.Value(name, _ => null)).Message);

    [Fact]
    public void Value_OfAHelper_IsMadePartOfTheModelAndFrozen()
    {
        var list = TemplateHelper.Value("list", _ => new[] { 1, 2 }).Invoke(new TemplateCall([]));
        Assert.Throws<InvalidOperationException>(() => Assert.IsType<DataList>(list).Add(3));
        Assert.Equal(new Html("<b>"), TemplateHelper.Value("html", _ => new Html("<b>")).Invoke(new TemplateCall([])));
        Assert.Contains("'result' holds a Uri", Assert.Throws<ArgumentException>(() => TemplateHelper.Value("uri", _ => new Uri("/a", UriKind.Relative)).Invoke(new TemplateCall([]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_WithArguments_GivesThemByPlaceAndName()
    {
        var call = new TemplateCall(["a", 1.5m, true, null, new Html("<i>")], new Dictionary<string, object?> { ["size"] = 3L });
        Assert.Equal(("a", "1.5", "true", "", "<i>", ""), (call.Text(0), call.Text(1), call.Text(2), call.Text(3), call.Text(4), call.Text(9)));
        Assert.Equal((3L, null, null), (call["size"], call["other"], call[-1]));
    }

    [Fact]
    public void Escape_Signs_AsTemplatesDo() => Assert.Equal("&lt;a href&#x3D;&quot;&#x27;&#x60;&quot;&gt;&amp; ü", Html.Escape("<a href=\"'`\">& ü"));
}
