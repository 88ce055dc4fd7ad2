using Platform.Templating.Analysis;

namespace Platform.Templating.Tests.Analysis;

public sealed class ThemeAnalysisTests
{
    [Theory]
    [InlineData("{{#if a}}", "page.html(1,1): {{#if}} is never closed; expected {{/if}}. Close it.")]
    [InlineData("{{> __heder}}", "page.html(1,1): partial \"__heder\" not found in theme \"t\"; did you mean \"__header\"?")]
    [InlineData("x {{> nothing}}", "page.html(1,3): partial \"nothing\" not found in theme \"t\". Create it, or correct the name.")]
    [InlineData("{{> __header a b}}", "page.html(1,16): a partial is called with 2 arguments; expected one at most, the context. Give the others by name: a=b.")]
    [InlineData("{{trunkate a 3}}", "page.html(1,1): helper 'trunkate' is unknown; did you mean 'truncate'?")]
    [InlineData("{{#if (xyz a)}}{{/if}}", "page.html(1,7): helper 'xyz' is unknown. Correct the name, or install the plugin that brings it.")]
    [InlineData("{{#eech a}}{{/eech}}", "page.html(1,1): helper 'eech' is unknown; did you mean 'each'?")]
    [InlineData("{{truncate a}}", "page.html(1,1): 'truncate' has one argument; expected (truncate text length \"ending\").")]
    [InlineData("{{shout a b c}}", "page.html(1,1): 'shout' has 3 arguments; expected at most 2.")]
    [InlineData("{{#if a b}}{{/if}}", "page.html(1,1): {{#if}} has 2 arguments; expected one. For two conditions write {{#if (and a b)}}.")]
    [InlineData("{{if a}}", "page.html(1,1): 'if' is a block. Write {{#if …}}…{{/if}}.")]
    [InlineData("{{*other}}", "page.html(1,1): 'other' is no decorator; expected {{#*inline \"name\"}}, the only one there is. Write # for a block.")]
    public void Call_ThatMustFail_IsAnError(string template, string message)
    {
        var found = Assert.Single(Analysis(template).Findings, finding => finding.Severity == Severity.Error);

        Assert.Equal(message, found.ToString());
    }

    [Theory]
    [InlineData("{{> __header}}{{> widgets/list}}{{#> nothing}}-{{/nothing}}{{> (lookup a b)}}")]
    [InlineData("{{#> __header}}{{#*inline \"main\"}}{{/inline}}{{/__header}}{{> main}}")]
    [InlineData("{{shout a}}{{shout a b}}{{#shout a}}{{/shout}}{{eq a b}}{{len}}{{nothing}}")]
    public void Call_ThatCanBeAnswered_IsNoError(string template) => Assert.DoesNotContain(Analysis(template).Findings, finding => finding.Severity == Severity.Error);

    [Fact]
    public void UnknownHelper_WithoutArguments_IsAWarning() => Assert.Equal(Severity.Warning, Assert.Single(Analysis("{{xyz a=1}}").Findings, finding => finding.Kind == FindingKind.Helper).Severity);

    [Theory]
    [InlineData("{{> __header}}", "__entry widgets/list")]
    [InlineData("{{#*inline \"__header\"}}{{/inline}}{{> __header}}{{> widgets/list}}", "__entry __header")]
    [InlineData("{{> __header}}{{> widgets/list}}{{> __entry}}", "")]
    [InlineData("{{> (lookup a b)}}", "")]
    public void Partial_ThatNoPageCalls_IsAWarning(string template, string unused)
    {
        var found = Analysis(template).Findings.Where(finding => finding.Kind == FindingKind.Unused).ToList();

        Assert.All(found, finding => Assert.Equal(Severity.Warning, finding.Severity));
        Assert.Equal(unused, string.Join(' ', found.Select(finding => finding.Place.File[..^".html".Length])));
    }

    [Theory]
    [InlineData("{{titl}}", "page.html(1,3): \"titl\" is no data key of an installed plugin; did you mean \"title\"?")]
    [InlineData("{{#each items}}{{nam}}{{/each}}", "page.html(1,18): \"items[].nam\" is no data key of an installed plugin; did you mean \"items[].name\"?")]
    [InlineData("{{site.nam}}", "page.html(1,3): \"site.nam\" is no data key of an installed plugin; did you mean \"site.name\"?")]
    [InlineData("{{#each items}}{{> __entry}}{{/each}}", "__entry.html(1,3): \"items[].linc\" is no data key of an installed plugin; did you mean \"items[].link\"?")]
    public void Data_NearToAKey_AreAWarning(string template, string message)
    {
        foreach (var isComplete in (bool[])[true, false])
        {
            var found = Assert.Single(Analysis(template, isComplete).Findings, finding => finding.Kind == FindingKind.Data);

            Assert.Equal((Severity.Warning, message), (found.Severity, found.ToString()));
        }
    }

    [Fact]
    public void Data_NearToNoKey_AreAWarningWhereEveryPluginSaysWhatItProvides()
    {
        Assert.Equal("page.html(1,3): \"weather\" is no data key of an installed plugin. Correct the name, or add it to provides in the plugin.yaml of the plugin that gives it.", Assert.Single(Analysis("{{weather}}", true).Findings, finding => finding.Kind == FindingKind.Data).ToString());
        Assert.DoesNotContain(Analysis("{{weather}}", false).Findings, finding => finding.Kind == FindingKind.Data);
    }

    [Theory]
    [InlineData("{{title}}{{site.name}}{{items.[0].name}}{{items.length}}{{#each items as |i|}}{{i.link}}{{/each}}")]
    [InlineData("{{#each site}}{{this}}{{/each}}{{query.whatever}}{{#with query}}{{x.y}}{{/with}}{{json this}}")]
    [InlineData("{{#title}}{{anything}}{{/title}}{{#each (lookup items title)}}{{anything}}{{/each}}")]
    [InlineData("{{> __header titel=title}}{{nonce}}")]
    public void Data_ThatAreProvided_AreNotReported(string template) => Assert.DoesNotContain(Analysis(template, true).Findings, finding => finding.Kind == FindingKind.Data);

    [Theory]
    [InlineData("{{> __header}}{{#each items}}{{> __entry}}{{/each}}", "__entry __header", "items title")]
    [InlineData("{{> __header site}}{{@root.x.y}}", "__header", "site x")]
    [InlineData("{{> __header title=a}}", "__header", "a")]
    [InlineData("{{#flag}}{{b}}{{/flag}}", "", "b flag")]
    [InlineData("{{> __loop}}", "__loop", "node")]
    [InlineData("{{json this}}", "", "*")]
    [InlineData("{{> (lookup a \"b\")}}", "__entry __header __loop widgets/list", "a linc node title")]
    [InlineData("{{#> __layout}}{{c}}{{/__layout}}", "__layout", "c inner")]
    public void Dependencies_AreAllThatAPageCanRead(string template, string partials, string keys)
    {
        var reads = Analysis(template, partials: template.Contains("__l", StringComparison.Ordinal) ? "__layout" : "").Dependencies("page");

        Assert.Equal(partials, string.Join(' ', reads.Partials.Order(StringComparer.Ordinal)));
        Assert.Equal(keys, string.Join(' ', reads.Keys.Concat(reads.IsWhole ? ["*"] : []).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void PartialsThatMultiply_AreGivenUp() => Assert.True(Analysis(string.Concat(Enumerable.Repeat("{{#> multiply a=b}}{{> multiply c=d}}{{> @partial-block}}{{/multiply}}", 8)), partials: "multiply").Dependencies("page").IsWhole);

    private static ThemeAnalysis Analysis(string page, bool isComplete = true, string partials = "")
    {
        var all = new Dictionary<string, string>
        {
            ["__header"] = "{{title}}",
            ["__entry"] = "{{linc}}",
            ["widgets/list"] = "",
        };
        if (page.Contains("__loop", StringComparison.Ordinal) || page.Contains("(lookup a \"b\")", StringComparison.Ordinal)) all["__loop"] = "{{#each node}}{{> __loop}}{{/each}}";
        if (partials == "__layout") all["__layout"] = "{{#with inner}}{{> @partial-block @root}}{{/with}}";
        if (partials == "multiply") all["multiply"] = page;
        return new(new("t", Read(("page", page)), Read([.. all.Select(one => (one.Key, one.Value))]))
        {
            Helpers = [new("shout", (in _) => null, 1, 2), new("nonce", (in _) => null)],
            Data = new(["title", "site.name", "items[].name", "items[].link", "query", "a", "b"], isComplete),
        });
    }

    private static Dictionary<string, TemplateSyntax> Read(params (string Name, string Text)[] files) =>
        files.ToDictionary(file => file.Name, file => TemplateSyntax.Read(new(file.Name + ".html", file.Text)));
}
