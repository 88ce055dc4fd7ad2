namespace Platform.Templating.Tests;

public class HelperTests
{
    private const string Data = """
        {"a":1,"b":2,"f":1.0,"s":"x","e":"","list":[1,2],"map":{"k":"v"},"t":true,"html":"<b>","long":"abcdefghij","when":"2025-01-31T12:00:00Z","n":1234.5}
        """;

    [Theory]
    [InlineData("{{eq a 1}} {{eq a f}} {{eq s \"x\"}} {{eq none null}} {{ne a b}} {{eq list list}} {{eq a \"1\"}}", "true true true true true true false")]
    [InlineData("{{gt b a}} {{gte a a}} {{lt a b}} {{lte b a}} {{gt s a}} {{lt \"a\" \"b\"}}", "true true true false false true")]
    [InlineData("{{and a b}} {{and a e}} {{or e a}} {{or e none}} {{not e}} {{not list}}", "true false true false true false")]
    [InlineData("{{len s}} {{len list}} {{len map}} {{len none}}", "1 2 1 0")]
    [InlineData("{{lookup map \"k\"}} {{lookup list 1}} {{lookup none \"k\"}} {{lookup list \"length\"}}", "v 2  2")]
    [InlineData("{{truncate long 4}} {{truncate long 4 \"\"}} {{truncate s 4}}", "abcd… abcd x")]
    [InlineData("{{format_date when}} {{format_date when \"d MMMM yyyy\"}} {{format_date 0}}", "2025-01-31 31 January 2025 1970-01-01")]
    [InlineData("{{format_number n}} {{format_number n \"0.00\"}}", "1,234.5 1234.50")]
    [InlineData("{{url_encode \"a b&c/é\"}}", "a%20b%26c%2F%C3%A9")]
    [InlineData("{{html_escape html}}", "&lt;b&gt;")]
    [InlineData("{{{json map}}} {{{json html}}}", "{\"k\":\"v\"} \"\\u003Cb\\u003E\"")]
    [InlineData("<i a={{attr html}} b={{attr none}}>", "<i a=\"&lt;b&gt;\" b=\"\">")]
    [InlineData("{{#if (and (eq a 1) (not e))}}yes{{/if}}", "yes")]
    public void Helper_Builtin_SaysWhatItPromises(string page, string expected) => Assert.Equal(expected, new Site().Render(page, Data));

    [Theory]
    [InlineData("/a b?c=\"d\"&e", "/a%20b?c&#x3D;&quot;d&quot;&amp;e")]
    [InlineData("https://example.org/", "https://example.org/")]
    [InlineData("mailto:a@example.org", "mailto:a@example.org")]
    [InlineData("a/b:c", "a/b:c")]
    [InlineData("//example.org", "//example.org")]
    [InlineData("javascript:alert(1)", "#")]
    [InlineData("JaVaScRiPt:alert(1)", "#")]
    [InlineData(" \u0001java\nscr\tipt:alert(1)", "#")]
    [InlineData("data:text/html,<script>", "#")]
    [InlineData("vbscript:x", "#")]
    [InlineData("java\0script:alert(1)", "#")]
    [InlineData("unknown:x", "#")]
    [InlineData("", "")]
    public void Url_LeadsSomewhere_OrNowhere(string url, string expected) =>
        Assert.Equal(expected, new Site().Render("{{url x}}", new Dictionary<string, object?> { ["x"] = url }, RenderBudget.Default));

    [Fact]
    public void Helper_SeesArgumentsHashContextDataAndState()
    {
        var site = new Site
        {
            Helpers =
            {
                new("show", (in call) => $"{call.Name}({call.Arguments.Length}:{call.Arguments[0]}) {call.Hash.Count}:{call.Hash["k"]} {call.Data("index")} {call.Context} {call.State} {call.Place} {call.IsBlock}"),
            },
        };
        Assert.Equal("show(1:1) 1:v 0 7 state page.html(1,16) False", site.Render("{{#each list}} {{show 1 k=\"v\"}}{{/each}}", Site.Json("""{"list":[7]}"""), RenderBudget.Default, "state").Trim());
    }

    [Fact]
    public void BlockHelper_RendersBodyAndElse()
    {
        var site = new Site
        {
            Helpers =
            {
                new("repeat", (in call) =>
                {
                    var data = new Dictionary<string, object?>();
                    for (var i = 0L; i < (long)call.Arguments[0]!; i++)
                    {
                        data["turn"] = i;
                        call.RenderBody(call.Context, data, i, "p");
                    }

                    if ((long)call.Arguments[0]! == 0) call.RenderElse("none");
                    call.Write("<end>");
                    return null;
                }),
            },
        };
        Assert.Equal("0p0x 1p1x <end>", site.Render("{{#repeat 2 as |i p|}}{{i}}{{p}}{{@turn}}{{x}} {{/repeat}}", """{"x":"x"}"""));
        Assert.Equal("none<end>", site.Render("{{#repeat 0}}x{{else}}{{this}}{{/repeat}}"));
    }

    [Fact]
    public void Helper_ThatThrows_NamesItselfAndTheLine()
    {
        var site = new Site(("p", "\n {{bad}}")) { Helpers = { new("bad", (in _) => throw new InvalidOperationException("no luck")) } };
        var failure = site.Fails("{{> p}}");
        Assert.Equal("p.html(2,2): bad: InvalidOperationException: no luck", failure.Message);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
    }

    [Fact]
    public void Helper_CantSwallowWhatWentWrongInItsBlock()
    {
        var site = new Site
        {
            Helpers =
            {
                new("quiet", (in call) =>
                {
                    try
                    {
                        call.RenderBody(null);
                    }
                    catch (TemplateException)
                    {
                        if (call.Hash.Count > 0) throw new HelperException("another");
                    }

                    return "fine";
                }),
            },
        };
        const string Expected = "helper 'nope' is unknown. Correct the name, or install the plugin that brings it.";
        Assert.Equal(Expected, site.Fails("{{#quiet}}{{nope 1}}{{/quiet}}").Reason);
        Assert.Equal(Expected, site.Fails("{{#quiet loud=true}}{{nope 1}}{{/quiet}}").Reason);
    }

    [Fact]
    public void Block_AfterItsCall_IsRefused()
    {
        HelperBlock? kept = null;
        var site = new Site { Helpers = { new("keep", (in call) => (kept = call.Block)?.Capture(null)) } };
        Assert.Equal("x", site.Render("{{#keep}}x{{/keep}}"));
        Assert.Throws<InvalidOperationException>(() => kept!.Render(null));
        kept = null;
        Assert.Equal("", site.Render("{{keep}}"));
        Assert.Null(kept);
    }

    [Fact]
    public void Helper_MayRenderAnotherTemplate()
    {
        var inner = new Site().Compile("[{{x}}]");
        var site = new Site { Helpers = { new("inner", (in call) => new SafeString(inner.Render(call.Context))) } };
        Assert.Equal("a[&lt;]b[&lt;]", site.Render("a{{inner}}b{{inner}}", """{"x":"<"}"""));
    }
}
