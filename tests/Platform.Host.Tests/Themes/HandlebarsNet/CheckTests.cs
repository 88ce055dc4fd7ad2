using System.Text;

namespace Platform.Host.Tests.Themes.HandlebarsNet;

public class CheckTests
{
    private const string File = "wwwroot/templates/themes/t/page.html";

    [Theory]
    [InlineData("a\n {{title", "(2,2): {{ is never closed; expected }}. Close it, or write \\{{ for two plain braces.")]
    [InlineData("{{#if a}}", "(1,1): {{#if}} is never closed; expected {{/if}}. Close it.")]
    [InlineData("{{#if a}}\n{{#each b}}{{/if}}", "(2,12): {{/if}} closes {{#each}} of line 2; expected {{/each}}. Close the inner block first.")]
    [InlineData("x{{/if}}", "(1,2): {{/if}} closes nothing. Remove it, or open {{#if}} before it.")]
    [InlineData("{{else}}", "(1,1): {{else}} stands outside of a block. Put it between {{#if …}} and {{/if}}, or remove it.")]
    [InlineData("{{#if a}}{{else}}{{else}}{{/if}}", "(1,18): a second {{else}} in {{#if}}; expected one, and {{else if …}} before it. Remove one.")]
    [InlineData("{{#if a}}{{^}}{{/if}}", "(1,10): {{^}} is not supported as else. Write {{else}}.")]
    [InlineData("{{#if a}}{{else unless b}}{{/if}}", "(1,10): {{else unless …}} in {{#if}} is not supported. Write {{else}}{{#unless …}}…{{/unless}}.")]
    [InlineData("{{#if a}}{{else each b}}{{/if}}", "(1,10): {{else each …}} in {{#if}} is not supported. Write {{else}}{{#each …}}…{{/each}}.")]
    [InlineData("{{#each a}}{{else if b}}{{/each}}", "(1,12): {{else if …}} in {{#each}} is not supported. Write {{else}}{{#if …}}…{{/if}}.")]
    [InlineData("{{&x}}", "(1,1): {{&…}} is not supported. Write {{{…}}} for unescaped output.")]
    [InlineData("{{{{raw}}}}x{{{{/raw}}}}", "(1,1): {{{{ opens a raw block, which is not supported. Write \\{{ before each tag that is to stay text.")]
    [InlineData("{{> __p ctx a=1}}", "(1,13): {{> name value key=…}}: a value and named ones together are not supported. Write {{#with value}}{{> name key=…}}{{/with}}.")]
    [InlineData("{{*dec}}", "(1,1): {{*…}} is a decorator, which is not supported. Only {{#*inline \"name\"}}…{{/inline}} is.")]
    [InlineData("{{#*other \"x\"}}{{/other}}", "(1,1): only {{#*inline \"name\"}}…{{/inline}} is supported of the decorators, with the name in quotes.")]
    [InlineData("{{trunkate a 3}}", "(1,3): 'trunkate' is no helper. Did you mean 'truncate'? There are and, asset, attr, eq, format_date, format_number, gt, gte, html_escape, json, len, log, lookup, lt, lte, ne, nonce, not, or, truncate, url, url_encode.")]
    [InlineData("{{#if (equals a 3)}}{{/if}}", "(1,8): 'equals' is no helper. There are and, asset, attr, eq, format_date, format_number, gt, gte, html_escape, json, len, log, lookup, lt, lte, ne, nonce, not, or, truncate, url, url_encode.")]
    [InlineData("{{#eech a}}{{/eech}}", "(1,4): 'eech' is no block helper; there are if, unless, each, with. Did you mean 'each'?")]
    [InlineData("{{#eq a b}}{{/eq}}", "(1,4): 'eq' can't be used as a block. Write {{#if (eq …)}}…{{/if}}.")]
    [InlineData("{{truncate a}}", "(1,3): 'truncate' has 1 arguments; expected (truncate text length \"ending\").")]
    [InlineData("{{#if (len)}}{{/if}}", "(1,8): 'len' has 0 arguments; expected (len value). For the value of that name write {{this.len}}.")]
    [InlineData("{{truncate a length=3}}", "(1,14): 'truncate' takes no 'length='; its arguments have no names. Write the value alone.")]
    [InlineData("{{#if a b}}{{/if}}", "(1,1): {{#if …}} has 2 arguments; expected one. For two conditions write {{#if (and a b)}}.")]
    [InlineData("{{#each}}{{/each}}", "(1,1): {{#each …}} has 0 arguments; expected one. Name the value.")]
    [InlineData("{{#if a as |b|}}{{/if}}", "(1,12): {{#if}} takes no block parameters. Remove 'as |…|'.")]
    [InlineData("{{\"x\"}}", "(1,3): a tag starts with \"x\"; expected a name or a helper. A literal needs no tag.")]
    [InlineData("{{}}", "(1,1): the tag is empty; expected a name. Write {{name}}, or {{!-- … --}} for a comment.")]
    [InlineData("{{a%b}}", "(1,3): 'a' is no helper. There are and, asset, attr, eq, format_date, format_number, gt, gte, html_escape, json, len, log, lookup, lt, lte, ne, nonce, not, or, truncate, url, url_encode.")]
    [InlineData("{{#if (eq a b}}{{/if}}", "(1,7): ( is never closed; expected ). Close it.")]
    [InlineData("{{if a}}", "(1,3): 'if' is a block. Write {{#if …}}…{{/if}}.")]
    [InlineData("{{> __heder}}", "(1,1): partial \"__heder\" not found in theme \"t\"; did you mean \"__header\"?")]
    public void Mistake_IsReportedWithPlaceAndRemedy(string template, string message)
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", template).With("themes/t/__header.html", "");
        site.Build();
        Assert.Equal(File + message, site.Problems[0].ToString());
    }

    [Theory]
    [InlineData("{{!-- {{#if}} }} {{ --}}x", "x")]
    [InlineData("{{! a } b { \" ' }}x", "x")]
    [InlineData("\\{{title}}", "{{title}}")]
    [InlineData("{{#if (eq a 1.5)}}y{{/if}}", "y")]
    [InlineData("{{#if (eq a -1.5)}}y{{else if (gt a 1)}}z{{/if}}", "z")]
    [InlineData("{{~#if a~}} x {{~/if~}}", "x")]
    [InlineData("{{[with space]}}", "sp")]
    [InlineData("{{#each m as |v k|}}{{k}}={{v}};{{/each}}", "p=1;q=2;")]
    public void GoodTemplate_HasNoProblem(string template, string expected)
    {
        var model = Data.Map(new { a = 1.5, m = new { p = 1, q = 2 } });
        model["with space"] = "sp";
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", template);
        Assert.Equal(expected, SiteFolder.Render(site.Theme(), "page", model));
        Assert.Empty(site.Problems);
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { string.Concat(Enumerable.Repeat("{{#if a}}", 5000)) + string.Concat(Enumerable.Repeat("{{/if}}", 5000)), "nested more than 64 deep" },
        { "{{#if " + new string('(', 5000) + "}}{{/if}}", "words; expected at most 500" },
        { "{{#if " + string.Concat(Enumerable.Repeat("(not ", 100)) + "a" + new string(')', 100) + "}}{{/if}}", "sub-expressions are nested more than 16 deep" },
        { string.Concat(Enumerable.Repeat("{{a}}", 25000)), "more than 20,000 tags" },
        { "{{#if a}}" + string.Concat(Enumerable.Repeat("{{else if a}}", 5000)) + "{{/if}}", "has more than 100 branches" },
        { "{{a " + string.Concat(Enumerable.Repeat("b ", 5000)) + "}}", "words; expected at most 500" },
        { new string('{', 100_000), "raw block" },
        { "{{#if [" + new string('x', 200_000), "never closed" },
        { new string('x', 300_000), "larger than 256 KB" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void CompileBomb_IsRefusedBeforeTheCompiler(string template, string message)
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", template);
        site.Build();
        Assert.Contains(message, Assert.Single(site.Problems.Take(1)).Message);
        Assert.Throws<Platform.Host.Themes.TemplateException>(() => site.Render("page"));
    }

    [Fact]
    public void EveryPrefixOfATemplate_RendersOrIsATemplateException()
    {
        const string Whole = "{{> __h a=1}}{{#each items as |x i|}}{{#if (eq x.n 1.5)}}{{{json x}}}{{else if y}}{{! c }}{{else}}{{~x.n~}}{{/if}}{{else}}-{{/each}}{{#> __b}}{{#*inline \"k\"}}z{{/inline}}{{/__b}}";
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/__h.html", "{{a}}").With("themes/t/__b.html", "{{> k}}{{> @partial-block}}");
        for (var length = 0; length <= Whole.Length; length++) site.With($"themes/t/p{length}.html", Whole[..length]);
        var theme = site.Theme();
        var model = new { items = new object[] { new { n = 1.5 }, new { n = 2 } }, y = false };
        for (var length = 0; length <= Whole.Length; length++)
        {
            try
            {
                SiteFolder.Render(theme, $"p{length}", model);
            }
            catch (Platform.Host.Themes.TemplateException failure)
            {
                Assert.Contains($"p{length}.html", failure.File);
                Assert.True(failure.Line > 0, failure.Message);
            }
        }

        Assert.Equal("1{\"n\":1.5}2z", SiteFolder.Render(theme, $"p{Whole.Length}", model));
    }

    [Fact]
    public void InvalidUtf8_IsReportedWithItsPlace()
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", "");
        System.IO.File.WriteAllBytes(site.Path("themes/t/page.html"), [.. "ab\nc"u8, 0xC3, 0x28]);
        site.Build();
        Assert.Equal(File + "(2,2): byte 0xC3 is no UTF-8. Save the file as UTF-8.", site.Problems[0].ToString());
    }

    [Fact]
    public void ByteOrderMark_IsNoText()
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", "");
        System.IO.File.WriteAllText(site.Path("themes/t/page.html"), "<p>", new UTF8Encoding(true));
        Assert.Equal("<p>", site.Render("page"));
    }
}
