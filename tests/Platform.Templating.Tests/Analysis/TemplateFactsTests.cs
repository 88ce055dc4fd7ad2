using Platform.Templating.Analysis;

namespace Platform.Templating.Tests.Analysis;

public sealed class TemplateFactsTests
{
    [Theory]
    [InlineData("{{title}} {{site.name}} {{this.x}} {{./y}} {{[a b]}} {{\"q\"}}", "title site.name x y a b q")]
    [InlineData("{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}{{#unless f}}{{g}}{{/unless}}", "a b c d e f g")]
    [InlineData("{{#each items}}{{title}} {{../site}} {{@root.user.name}} {{@index}} {{this}}{{else}}{{none}}{{/each}}", "items items[].title site user.name items[] none")]
    [InlineData("{{#each items as |item i|}}{{item.title}} {{i}} {{../x}} {{y}}{{/each}}", "items items[].title x items[].y")]
    [InlineData("{{#each a}}{{#each b}}{{c}} {{../d}} {{../../e}}{{/each}}{{/each}}", "a a[].b a[].b[].c a[].d e")]
    [InlineData("{{#with author}}{{name}} {{../title}}{{/with}}{{#with author as |who|}}{{who.mail}}{{/with}}", "author author.name title author.mail")]
    [InlineData("{{#with this}}{{a}}{{/with}}{{#each m}}{{#if x}}{{../y}}{{/if}}{{/each}}", "a m m[].x y")]
    [InlineData("{{items.[0].title}} {{items.0.x}} {{items.length}}", "items[].title items[].x items")]
    [InlineData("{{truncate text length}} {{#if (eq kind \"x\")}}{{/if}} {{f a=b}}", "text length kind b")]
    [InlineData("{{lookup names \"ann\"}} {{#with (lookup m \"k\")}}{{v}}{{/with}} {{#each (lookup l 0)}}{{w}}{{/each}} {{lookup names id}}", "names.ann m.k m.k.v l[] l[][].w names id")]
    [InlineData("{{#flag}}{{a}} {{../b}} {{@root.c}}{{/flag}}{{^flag}}{{d}}{{/flag}}", "flag ~a ~b c d")]
    [InlineData("{{#each (sorted items)}}{{a}} {{../b}}{{/each}}", "items ~a b")]
    [InlineData("{{#*inline \"p\"}}{{a}}{{/inline}}{{> p b}}{{> q c=d}}{{> (lookup e f)}}", "~a b b.a d e f")]
    [InlineData("{{#> layout x=y}}{{x}} {{z}}{{/layout}}", "y z")]
    [InlineData("{{#each a as |b|}}{{#each b as |c|}}{{b.d}} {{c.e}}{{/each}}{{/each}}", "a a[] a[].d a[][].e")]
    [InlineData("{{json this}}{{json .}}{{[a.b]}}", " [a.b]")]
    public void Data_AreThePathsThatArePrintedOrAskedFor(string template, string expected)
    {
        var read = Facts(template).Data.Select(use => (use.IsRelative ? "~" : "") + use.Path).Distinct();

        Assert.Equal(expected, string.Join(' ', read));
    }

    [Fact]
    public void Data_ThatAHelperCouldHide_SaySo() =>
        Assert.Equal([true, false, false, true], Facts("{{nonce}}{{this.nonce}}{{truncate nonce 3}}{{#nonce}}{{/nonce}}").Data.Select(use => use.MayBeHelper));

    [Theory]
    [InlineData("{{> a}}{{> b/c x}}{{> \"d\"}}", "a b/c d")]
    [InlineData("{{#> e}}{{> f}}{{/e}}{{> @partial-block}}", "e? f @partial-block")]
    [InlineData("{{> (lookup a b)}}{{#if x}}{{else}}{{> g}}{{/if}}", "(dynamic) g")]
    public void Partials_AreThoseThatAreCalled(string template, string expected) =>
        Assert.Equal(expected, string.Join(' ', Facts(template).Partials.Select(use => (use.Name ?? "(dynamic)") + (use.HasFallback ? "?" : ""))));

    [Fact]
    public void InlinePartials_AreThoseThatAreDefined() => Assert.Equal("page.html(2,1)", Assert.Single(Facts("\n{{#*inline \"a\"}}{{/inline}}").InlinePartials, inline => inline.Name == "a").Place.ToString());

    [Theory]
    [InlineData("{{a}}{{a.b c}}{{d e}}{{#f g h}}{{/f}}", "a.b/1 d/1 #f/2")]
    [InlineData("{{#if (i)}}{{j (k l) m=(n o)}}{{/if}}", "#if/1 i/0 j/1 k/1 n/1")]
    [InlineData("{{if x}}{{#each}}{{/each}}{{lookup}}{{len}}", "if/1 #each/0 lookup/0")]
    [InlineData("{{> p (q r) s=(t u)}}{{#> v (w x)}}{{/v}}", "q/1 t/1 w/1")]
    [InlineData("{{#each a as |b|}}{{b c}}{{/each}}", "#each/1")]
    public void Helpers_AreTheCallsThatNothingElseCanAnswer(string template, string expected) =>
        Assert.Equal(expected, string.Join(' ', Facts(template).Helpers.Select(use => $"{(use.IsBlock ? "#" : "")}{use.Name}/{use.Arguments}")));

    [Theory]
    [InlineData("{{#if true}}a{{else}}b{{/if}}", 22, "what follows {{else}} is never rendered: 'true' is always true.")]
    [InlineData("{{#if false}}a{{/if}}", 1, "what {{#if}} holds is never rendered: 'false' is always false.")]
    [InlineData("{{#unless 1}}a{{/unless}}", 1, "'1' is always true")]
    [InlineData("{{#if 0}}a{{else}}b{{/if}}", 1, "'0' is always false")]
    [InlineData("{{#if 0 includeZero=true}}a{{else}}b{{/if}}", 36, "'0' is always true")]
    [InlineData("{{#if null}}a{{/if}}", 1, "'null' is always false")]
    [InlineData("{{#if a}}b{{else if c}}d{{else if a}}e{{/if}}", 25, "'a' is false here since line 1")]
    [InlineData("{{#if a}}{{#if a}}b{{else}}c{{/if}}{{/if}}", 28, "'a' is true here since line 1")]
    [InlineData("{{#if a}}{{#unless a}}b{{/unless}}{{/if}}", 10, "'a' is true here")]
    [InlineData("{{#if (not a)}}{{#if a}}b{{/if}}{{/if}}", 16, "'a' is false here")]
    [InlineData("{{#if (eq a 1)}}{{else}}{{#if (eq a 1)}}b{{/if}}{{/if}}", 25, "'(eq …)' is false here")]
    [InlineData("{{^if true}}a{{/if}}", 1, "'true' is always true")]
    [InlineData("{{#each x}}{{#if a}}{{#if a}}{{else}}b{{/if}}{{/if}}{{/each}}", 38, "'a' is true here")]
    public void Branch_ThatIsNeverRendered_IsFound(string template, int column, string message)
    {
        var found = Assert.Single(Facts(template).Unreachable);

        Assert.Equal((Severity.Warning, column), (found.Severity, found.Place.Column));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{#if a}}{{#each b}}{{#if a}}{{else}}c{{/if}}{{/each}}{{/if}}")]
    [InlineData("{{#if a}}b{{else if (random 1)}}c{{else if (random 1)}}d{{/if}}")]
    [InlineData("{{#if a}}b{{else if a includeZero=true}}c{{/if}}")]
    [InlineData("{{#if true}}a{{else}}  {{! nothing }}{{/if}}")]
    [InlineData("{{#if a}}{{/if}}{{#if a}}b{{else}}c{{/if}}")]
    [InlineData("{{#if (eq a 1)}}b{{else if (eq a \"1\")}}c{{/if}}")]
    public void Branch_ThatMayBeRendered_IsNotFound(string template) => Assert.Empty(Facts(template).Unreachable);

    [Fact]
    public void Facts_OfATemplateWithAnError_AreEmpty()
    {
        var facts = Facts("{{#if a}}");

        Assert.Empty(facts.Data);
        Assert.Empty(facts.Partials);
    }

    private static TemplateFacts Facts(string template) => TemplateSyntax.Read(new("page.html", template)).Facts;
}
