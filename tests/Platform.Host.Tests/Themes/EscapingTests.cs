namespace Platform.Host.Tests.Themes;

public class EscapingTests
{
    private const string Evil = "<script>alert(1)</script>&\"'`=";
    private const string Escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#x27;&#x60;&#x3D;";

    [Fact]
    public void Value_Escapes_AsHandlebarsJs() => Assert.Equal(Escaped, SiteFolder.Text("{{x}}", new { x = Evil }));

    [Fact]
    public void Triple_DoesNotEscape_AndOnlyItself() => Assert.Equal(Evil + "|" + Escaped, SiteFolder.Text("{{{x}}}|{{x}}", new { x = Evil }));

    [Fact]
    public void IndentedPartial_Escapes_AndIndents() => Assert.Equal(
        $"<p>\n    <b>{Escaped}</b>\n    two\n</p>",
        SiteFolder.Page(new { x = Evil }, ("page", "<p>\n    {{> __user}}\n</p>"), ("__user", "<b>{{x}}</b>\ntwo\n")));

    [Fact]
    public void NestedIndentedPartials_AddTheirIndents() => Assert.Equal(
        $"  a\n    {Escaped}\n  z\n",
        SiteFolder.Page(new { x = Evil }, ("page", "  {{> __a}}\n"), ("__a", "a\n  {{> __b}}\nz\n"), ("__b", "{{x}}\n")));

    [Fact]
    public void IndentedInlinePartial_Escapes() => Assert.Equal(
        $"  {Escaped}\n",
        SiteFolder.Text("{{#*inline \"user\"}}\n{{x}}\n{{/inline}}\n  {{> user}}\n", new { x = Evil }));

    [Fact]
    public void InlinePartial_Escapes() => Assert.Equal(
        Escaped, SiteFolder.Text("{{#*inline \"user\"}}{{x}}{{/inline}}{{> user}}", new { x = Evil }));

    [Fact]
    public void PartialBlock_Escapes() => Assert.Equal(
        $"<div>\n  <i>{Escaped}</i>\n</div>\n",
        SiteFolder.Page(new { x = Evil }, ("page", "{{#> __box}}\n<i>{{x}}</i>\n{{/__box}}\n"), ("__box", "<div>\n  {{> @partial-block}}\n</div>\n")));

    [Fact]
    public void PartialBlockFallback_Escapes() => Assert.Equal(
        Escaped, SiteFolder.Text("{{#> __missing}}{{x}}{{/__missing}}", new { x = Evil }));

    [Fact]
    public void HelperResult_Escapes() => Assert.Equal(Escaped, SiteFolder.Text("{{lookup this 'x'}}", new { x = Evil }));

    [Fact]
    public void HtmlEscape_IsNotEscapedTwice() => Assert.Equal(
        Escaped + "|" + Escaped, SiteFolder.Text("{{html_escape x}}|{{{html_escape x}}}", new { x = Evil }));

    [Fact]
    public void DataThatLooksLikeATemplate_IsPrinted() => Assert.Equal(
        "{{7}} {{&gt; __p}}", SiteFolder.Page(new { x = "{{7}} {{> __p}}" }, ("page", "{{x}}"), ("__p", "no")));

    [Fact]
    public void JsonInScript_CannotEndTheScript()
    {
        var text = SiteFolder.Text("<script>x = {{{json x}}}</script>", new { x = "</script><!--&\u2028\u2029é" });
        Assert.Equal("<script>x = \"\\u003C/script\\u003E\\u003C!--\\u0026\\u2028\\u2029é\"</script>", text);
    }
}
