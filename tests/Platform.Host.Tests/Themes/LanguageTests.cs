using Platform.Sdk;

namespace Platform.Host.Tests.Themes;

public class LanguageTests
{
    private static object Model => new
    {
        title = "T",
        items = new object?[] { new { n = 1 }, new { n = 2, sub = new[] { "x", "y" } }, "text", null, 5, new[] { 1 } },
        map = new { b = 1, a = 2 },
        author = new { name = "Ann" },
        flag = true,
        value = "v",
    };

    [Theory]
    [InlineData("{{#each items}}{{@index}}{{#if @first}}F{{/if}}{{#if @last}}L{{/if}}:{{n}};{{/each}}", "0F:1;1:2;2:;3:;4:;5L:;")]
    [InlineData("{{#each items}}{{#each sub}}{{this}}{{../n}}{{../../title}} {{/each}}{{/each}}", "x2T y2T ")]
    [InlineData("{{#each items as |it i|}}{{i}}{{it.n}}{{title}}{{/each}}", "01122345")]
    [InlineData("{{#each map}}{{@key}}={{this}} {{/each}}", "b=1 a=2 ")]
    [InlineData("{{#each none}}x{{else}}empty {{title}}{{/each}}", "empty T")]
    [InlineData("{{#each title}}x{{else}}empty{{/each}}", "empty")]
    [InlineData("{{#with author}}{{name}} {{../title}}{{else}}no{{/with}}{{#with none}}x{{else}}no{{/with}}", "Ann Tno")]
    [InlineData("{{#with author as |a|}}{{a.name}}{{/with}}", "Ann")]
    [InlineData("{{#author}}{{name}}{{/author}}{{#flag}}{{title}}{{/flag}}{{^flag}}x{{/flag}}{{#none}}x{{/none}}{{^none}}n{{/none}}", "AnnTn")]
    [InlineData("{{#map}}{{a}}{{/map}}", "2")]
    [InlineData("{{#with this}}{{title}}{{../title}}{{/with}}", "T")]
    [InlineData("{{#each map}}{{#each ../map}}{{@../index}}{{@index}} {{/each}}{{/each}}{{@index}}{{@key}}", "00 01 10 11 ")]
    [InlineData("{{items.length}} {{items.0.n}} {{items.[1].n}} {{title.length}} {{author/name}} {{this.title}} {{./title}} {{@root.title}}", "6 1 2 1 Ann T T T")]
    [InlineData("{{#each items}}{{value}}{{@root.value}}{{/each}}", "vvvvvv")]
    [InlineData("{{#if none}}a{{else if author}}b{{else}}c{{/if}}{{#unless none}}u{{/unless}}{{#if map}}m{{/if}}", "bum")]
    [InlineData("{{Title}}{{TITLE}}{{title}}{{Author.Name}}", "T")]
    [InlineData("a\n{{#if flag}}\nb\n{{/if}}\nc\n", "a\nb\nc\n")]
    [InlineData("{{items.Count}}{{items.Capacity}}{{map.Keys}}{{map.Count}}{{title.Length}}{{title.Chars}}{{this.GetType}}{{author.Equals}}{{@root.Comparer}}{{flag.TrueString}}", "")]
    [InlineData("{{@root.Count}}{{@root.Keys}}{{@root.title.Length}}{{#each map}}{{@key.Length}}{{@key.Chars}}{{/each}}", "")]
    [InlineData("{{__proto__}}{{constructor}}{{map.constructor.name}}{{items.constructor}}{{title.constructor}}", "")]
    public void Language_IsThatOfHandlebarsJs(string template, string expected) => Assert.Equal(expected, SiteFolder.Text(template, Model));

    [Theory]
    [InlineData("{{> __p}}", "[T|]")]
    [InlineData("{{> __p author}}", "[|Ann]")]
    [InlineData("{{> __p name=\"x\"}}", "[T|x]")]
    [InlineData("{{> __p title=value name=(lookup author \"name\")}}", "[v|Ann]")]
    [InlineData("{{> (lookup this \"p\")}}", "[T|]")]
    [InlineData("{{> widgets/w}}", "w")]
    [InlineData("{{#each list}}{{> __p title=this}}{{/each}}", "[a|][b|]")]
    [InlineData("{{#> __box}}in {{title}}{{/__box}}", "<in T>")]
    [InlineData("{{#> __box}}{{#> __box}}x{{/__box}}{{/__box}}", "<<x>>")]
    [InlineData("{{#> __outer}}O{{/__outer}}", "<[O]>")]
    [InlineData("{{#> __layout}}{{#*inline \"main\"}}M{{title}}{{/inline}}{{/__layout}}", "(MT)")]
    [InlineData("{{> __layout}}", "(default)")]
    [InlineData("{{#> __fallback}}{{/__fallback}}", "[f]")]
    public void Partials_AreThoseOfHandlebarsJs(string template, string expected)
    {
        using var site = new SiteFolder().With("themes/t/page.html", template).With("public/widgets/w.html", "w")
            .With("themes/t/__p.html", "[{{title}}|{{name}}]").With("themes/t/__box.html", "<{{> @partial-block}}>")
            .With("themes/t/__outer.html", "{{#> __box}}[{{> @partial-block}}]{{/__box}}")
            .With("themes/t/__layout.html", "({{#> main}}default{{/main}})").With("themes/t/__fallback.html", "[{{#> nothing}}f{{/nothing}}]");
        Assert.Equal(expected, site.Render("page", new { title = "T", author = new { name = "Ann" }, value = "v", p = "__p", list = new[] { "a", "b" } }));
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("public/warning/index")]
    [InlineData("page")]
    [InlineData("")]
    public void DynamicPartial_OutsideOfTheIndex_IsAnError(string name)
    {
        var failure = SiteFolder.Fails(new { name }, ("page", "\n {{> (lookup this \"name\")}}"), ("__p", ""));
        Assert.Equal(2, failure.Line);
        Assert.Contains($"partial \"{name}\" not found", failure.Message);
    }

    [Fact]
    public void Values_OfOneVisitor_AreNeverSeenByAnother()
    {
        using var site = new SiteFolder().With("themes/t/a.html", "{{#each m as |secret key|}}{{#each ../list as |x i|}}{{/each}}{{secret}}{{/each}}{{#with s as |secret|}}{{/with}}")
            .With("themes/t/b.html", "{{#each list as |x|}}{{secret}}{{key}}{{i}}{{@key}}{{#each ../list as |y|}}{{secret}}{{#with y as |z|}}{{secret}}{{key}}{{/with}}{{/each}}{{/each}}{{@index}}{{@key}}{{> __p list=list}}")
            .With("themes/t/__p.html", "{{#each list as |q|}}{{secret}}{{/each}}{{secret}}{{@key}}");
        var theme = site.Theme();
        var mine = Data.Map(new { m = new { k = "SECRET1", l = "SECRET2" }, s = "SECRET3", list = new[] { 1, 2, 3 } });
        var yours = Data.Map(new { list = new DataList(Enumerable.Range(0, 40).Select(i => (object)i)) });
        var expected = SiteFolder.Render(theme, "b", yours);
        Assert.Equal(string.Concat(Enumerable.Range(0, 40)), expected);
        for (var i = 0; i < 400; i++)
        {
            SiteFolder.Render(theme, "a", mine);
            Assert.Equal(expected, SiteFolder.Render(theme, "b", yours));
        }
    }
}
