namespace Platform.Templating.Tests;

public class RenderTests
{
    private const string Xss = """{"x":"<script>\"&'`="}""";
    private const string Escaped = "&lt;script&gt;&quot;&amp;&#x27;&#x60;&#x3D;";

    [Theory]
    [InlineData("{{x}}")]
    [InlineData("{{#*inline \"i\"}}{{x}}{{/inline}}{{> i}}")]
    [InlineData("{{#> block}}{{x}}{{/block}}")]
    [InlineData("{{> user}}")]
    [InlineData("{{#each list}}{{../x}}{{/each}}{{#if x}}{{@root.x}}{{/if}}")]
    [InlineData("{{lookup this \"x\"}}")]
    [InlineData("{{#with x as |y|}}{{y}}{{/with}}")]
    [InlineData("{{> user x=x}}")]
    [InlineData("{{#wrap}}{{x}}{{/wrap}}")]
    [InlineData("{{echo x}}")]
    [InlineData("{{html_escape x}}")]
    public void Value_IsEscapedWhereverItStands(string page) => Assert.Equal(Escaped, new Site(("user", "{{x}}"), ("block", "{{> @partial-block}}"))
    {
        Helpers = { new("wrap", (in call) => call.CaptureBody(call.Context)), new("echo", (in call) => call.Arguments[0]) },
    }.Render(page, Xss));

    [Fact]
    public void Value_InAnIndentedPartial_IsEscapedAndIndented() =>
        Assert.Equal($"<p>\n    a {Escaped}\n      {Escaped}\n    b\n</p>", new Site(("user", "a {{x}}\n  {{> inner}}\nb\n"), ("inner", "{{x}}\n")).Render("<p>\n    {{> user}}\n</p>", Xss));

    [Theory]
    [InlineData("  {{> p}}\nx", "a\nb\n", "  a\n  b\nx")]
    [InlineData("  {{> p}}\nx", "a\n\nb", "  a\n  \n  bx")]
    [InlineData("  {{> p}}\nx", "", "x")]
    [InlineData("  {{> p}}\nx", "\n", "  \nx")]
    [InlineData("  {{> p}}\nx", "{{{lines}}}\n", "  1\n  2\nx")]
    [InlineData("  {{> p}}\nx", "{{#each list}}\n{{this}}\n{{/each}}\n", "  1\n  2\nx")]
    [InlineData("  {{> p}}\nx", "{{#if no}}\ny\n{{/if}}\n", "x")]
    [InlineData("  {{> p}}\nx", "\t{{> q}}\nend\n", "  \tq\n  end\nx")]
    [InlineData("  {{> p}}\nx", "{{> q}}", "  q\nx")]
    [InlineData("a {{> p}}\nx", "a\nb\n", "a a\nb\n\nx")]
    [InlineData("  {{> p}}\nx", "{{#upper}}a\nb{{/upper}}\n", "  A\n  B\nx")]
    public void Partial_OnALineOfItsOwn_IsIndented(string page, string partial, string expected) => Assert.Equal(expected, new Site(("p", partial), ("q", "q\n"))
    {
        Helpers = { new("upper", (in call) => call.CaptureBody(call.Context).ToUpperInvariant()) },
    }.Render(page, """{"lines":"1\n2","list":[1,2]}"""));

    [Theory]
    [InlineData("{{#*inline \"a\"}}{{#*inline \"b\"}}[{{../name}}]{{/inline}}{{> b nil}}{{> b x}}{{/inline}}{{> a}}", "[][]")]
    [InlineData("{{#with z}}{{#*inline \"a\"}}{{#*inline \"b\"}}[{{../name}}]{{/inline}}{{> b nil}}{{> b x}}{{/inline}}{{> a}}{{/with}}", "[1][1]")]
    [InlineData("{{#with z}}{{#*inline \"a\"}}[{{../name}}]{{/inline}}{{> a x}}{{/with}}", "[1]")]
    public void InlinePartial_HasAroundItWhatIsAroundItsBody(string page, string expected) =>
        Assert.Equal(expected, new Site().Render(page, """{"name":1,"x":{},"z":{"name":2,"x":{}}}"""));

    [Fact]
    public void Partial_AtTwoIndentations_KeepsThemApart()
    {
        var template = new Site(("p", "a\nb\n")).Compile("  {{> p}}\n    {{> p}}\n{{> p}}\n");
        for (var i = 0; i < 3; i++) Assert.Equal("  a\n  b\n    a\n    b\na\nb\n", template.Render(null));
    }

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1e21", "1e+21")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("-0.0", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("-1.7976931348623157e308", "-1.7976931348623157e+308")]
    [InlineData("12345678901234567.5", "12345678901234568")]
    [InlineData("[1,[2,null],true,\"a\"]", "1,2,,true,a")]
    [InlineData("{}", "[object Object]")]
    [InlineData("false", "false")]
    [InlineData("null", "")]
    public void Value_IsPrintedAsJavaScriptPrintsIt(string json, string expected) => Assert.Equal(expected, new Site().Render("{{x}}", $$"""{"x":{{json}}}"""));

    [Fact]
    public void Text_OfEveryKind_ComesOutAsUtf8()
    {
        var letters = "é漢😀\u2028" + new string('ß', 5000) + "😀";
        for (var i = 4090; i < 4100; i++)
        {
            var text = new string('a', i) + letters;
            Assert.Equal(text, new Site().Render("{{x}}", new Dictionary<string, object?> { ["x"] = text }, RenderBudget.Default));
        }

        Assert.Equal("\uFFFD", new Site().Render("{{x}}", new Dictionary<string, object?> { ["x"] = "\uD800" }, RenderBudget.Default));
    }

    [Fact]
    public void Model_InLayers_IsOneMap()
    {
        var low = new Dictionary<string, object?> { ["a"] = 1L, ["b"] = 2L };
        var high = new Dictionary<string, object?> { ["b"] = 3L, ["c"] = null };
        var map = new LayeredMap(low, high);
        Assert.Equal("1 3  a=1 b=3 c= ", new Site().Render("{{a}} {{b}} {{c}} {{#each this}}{{@key}}={{this}} {{/each}}", map, RenderBudget.Default));
        Assert.Equal(3, map.Count);
        Assert.False(map.ContainsKey("d"));
    }

    [Fact]
    public void Helper_WithArguments_DoesNotHideDataOfItsName() =>
        Assert.Equal("/a len 3 /b", new Site().Render("{{url}} {{len}} {{len list}} {{#each urls}}{{url}}{{/each}}", """{"url":"/a","len":"len","list":[1,2,3],"urls":[{"url":"/b"}]}"""));

    [Fact]
    public void Names_OfDotNet_AreNoData() => Assert.Equal("", new Site().Render(
        "{{list.Count}}{{list.Capacity}}{{map.Keys}}{{map.Count}}{{text.Length}}{{text.Chars}}{{this.GetType}}{{@root.Comparer}}{{__proto__}}{{constructor}}{{text.constructor.name}}",
        """{"list":[1],"map":{"a":1},"text":"t"}"""));

    [Fact]
    public void Values_OfOneRendering_AreNeverSeenByAnother()
    {
        var site = new Site(("p", "{{#each list as |q|}}{{secret}}{{/each}}{{secret}}{{@key}}"));
        var mine = site.Compile("{{#each m as |secret key|}}{{#each ../list as |x i|}}{{/each}}{{secret}}{{/each}}{{#with s as |secret|}}{{/with}}");
        var yours = site.Compile("{{#each list as |x|}}{{secret}}{{key}}{{i}}{{@key}}{{#each ../list as |y|}}{{secret}}{{#with y as |z|}}{{secret}}{{key}}{{/with}}{{/each}}{{/each}}{{@index}}{{@key}}{{> p list=list}}");
        var data = Site.Json("""{"list":[1,2,3]}""");
        Parallel.For(0, 2000, i =>
        {
            Assert.Equal("SECRET1SECRET2", mine.Render(Site.Json("""{"m":{"k":"SECRET1","l":"SECRET2"},"s":"SECRET3","list":[1,2,3]}""")));
            Assert.Equal("012", yours.Render(data));
        });
    }

    [Fact]
    public void Rendering_AllocatesNothing()
    {
        var template = new Site(("row", "<li>{{name}} {{count}} {{price}}{{#if done}} {{@index}}{{/if}}</li>\n"), ("layout", "<ul>\n  {{> @partial-block}}\n</ul>"))
            .Compile("{{#each rows}}\n  {{> row}}\n{{/each}}{{#unless none}}{{title}}{{/unless}}");
        var data = Site.Json("""{"title":"T","rows":[{"name":"<a>","count":7,"price":1.5,"done":true},{"name":"b","count":123456,"done":false}]}""");
        var output = new System.Buffers.ArrayBufferWriter<byte>(4096);
        var bytes = Enumerable.Range(0, 50).Min(_ =>
        {
            output.ResetWrittenCount();
            var before = GC.GetAllocatedBytesForCurrentThread();
            template.Render(data, output, RenderBudget.Default);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        // What is left: the text of the number with a fraction.
        Assert.InRange(bytes, 0, 512);
    }
}
