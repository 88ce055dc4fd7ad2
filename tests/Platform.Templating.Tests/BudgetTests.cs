namespace Platform.Templating.Tests;

public class BudgetTests
{
    private static readonly RenderBudget Small = new(TimeSpan.FromMinutes(1), 64 * 1024, 50_000);
    private static readonly object?[] Thousand = [.. Enumerable.Range(1, 1000).Select(i => (object)(long)i)];

    public static TheoryData<string, string, string> Recursions => new()
    {
        { "{{> a}}", "{{> a}}", "" },
        { "{{> a}}", "{{> b}}", "{{> a}}" },
        { "{{#> a}}x{{/a}}", "{{#> a}}{{> @partial-block}}{{/a}}", "" },
        { "{{> a}}", "{{#*inline \"i\"}}{{> i}}{{/inline}}{{> i}}", "" },
        { "{{> a}}", "{{> (lookup this 'self')}}", "" },
        { "{{#> b}}{{> a}}{{/b}}", "{{#> b}}x{{/b}}", "{{> @partial-block}}{{> a}}" },
        { "{{> a}}", "  {{> a}}\n", "" },
        { "{{> a}}", "{{#each list}}{{> a list=../list}}{{/each}}", "" },
        { "{{> a}}", "{{wrap (wrap 1)}}{{#wrap 1}}{{> a}}{{/wrap}}", "" },
    };

    [Theory]
    [MemberData(nameof(Recursions))]
    public void Recursion_IsCountedAndNamed(string page, string a, string b)
    {
        var site = new Site(("a", a), ("b", b)) { Helpers = { new("wrap", (in call) => call.IsBlock ? call.CaptureBody(call.Context) : call.Arguments[0]) } };
        var failure = site.Fails(page, """{"self":"a","list":[1,2]}""");
        Assert.StartsWith("partials are nested more than 32 deep: … > ", failure.Reason);
        Assert.Equal(32, failure.Trail.Count);
        Assert.Equal("page.html", failure.Trail[^1].File);
    }

    [Fact]
    public void Nesting_OnASmallStack_NeverReachesItsEnd()
    {
        const int Blocks = 60;
        var body = string.Concat(Enumerable.Repeat("{{#each @root.list}}", Blocks)) + "{{> a}}" + string.Concat(Enumerable.Repeat("{{/each}}", Blocks));
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => new Site(("a", body)).Render("{{> a}}", """{"list":[1]}""")), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Contains("deep for the stack", Assert.IsType<TemplateException>(failure).Reason);
    }

    [Theory]
    [InlineData("{{#each x}}{{#each ../x}}{{#each ../../x}}0123456789{{/each}}{{/each}}{{/each}}")]
    [InlineData("{{#each x}}{{#each ../x}}{{../../text}}{{/each}}{{/each}}")]
    public void Output_PastItsLimit_IsNotShown(string page)
    {
        var model = new Dictionary<string, object?> { ["x"] = Thousand, ["text"] = new string('<', 1000) };
        var failure = Assert.Throws<TemplateException>(() => new Site().Render(page, model, Small with { MaxSteps = int.MaxValue }));
        Assert.Equal("the page has more than 64 KB; it is not shown. Show less on it.", failure.Reason);
    }

    [Theory]
    [InlineData("{{#each x}}{{#each ../x}}{{#each ../../x}}{{#if this}}{{/if}}{{/each}}{{/each}}{{/each}}")]
    [InlineData("{{#each x}}{{#each ../x}}{{#each ../../x}}{{/each}}{{/each}}{{/each}}")]
    [InlineData("{{#each x}}{{#each ../x}}{{not (not (not this))}}{{/each}}{{/each}}")]
    public void Steps_PastTheirLimit_End(string page)
    {
        var model = new Dictionary<string, object?> { ["x"] = Thousand };
        var failure = Assert.Throws<TemplateException>(() => new Site().Render(page, model, Small with { MaxOutputBytes = int.MaxValue }));
        Assert.StartsWith("rendering took more than 50,000 steps.", failure.Reason);
    }

    [Fact]
    public void Helpers_OverLongTexts_CostMoreThanAStep()
    {
        var model = new Dictionary<string, object?> { ["x"] = Thousand, ["text"] = new string('é', 1_000_000) };
        var failure = Assert.Throws<TemplateException>(() => new Site().Render("{{#each x}}{{#unless (url_encode ../text)}}{{/unless}}{{/each}}", model, Small));
        Assert.StartsWith("rendering took more than 50,000 steps.", failure.Reason);
    }

    [Fact]
    public void Deadline_IsLookedAtWhileRendering()
    {
        var model = new Dictionary<string, object?> { ["x"] = Thousand };
        var failure = Assert.Throws<TemplateException>(() => new Site().Render(
            "{{#each x}}{{#each ../x}}{{#each ../../x}}{{#each ../../../x}}{{/each}}{{/each}}{{/each}}{{/each}}", model, new(TimeSpan.FromMilliseconds(20), int.MaxValue, int.MaxValue)));
        Assert.StartsWith("rendering took more than 20 ms.", failure.Reason);
        Assert.Equal(RenderLimit.Time, failure.Exceeded);
    }

    [Theory]
    [InlineData("{{#if x}}", "{{/if}}", 65, "blocks are nested more than 64 deep")]
    [InlineData("{{^x}}", "{{/x}}", 100_000, "blocks are nested more than 64 deep")]
    [InlineData("{{#> x}}", "{{/x}}", 100_000, "blocks are nested more than 64 deep")]
    public void Nesting_PastItsLimit_IsRefused(string open, string close, int times, string expected)
    {
        // Up to what the limit of the source leaves.
        times = Math.Min(times, TemplateSource.MaxBytes / (open.Length + close.Length) - 1);
        var text = string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times));
        Assert.Contains(expected, TemplateSyntax.Read(new("t", text)).Error?.Reason);
    }

    [Fact]
    public void Subexpressions_PastTheirLimit_AreRefused()
    {
        var error = TemplateSyntax.Read(new("t", "{{a " + new string('(', 100_000))).Error;
        Assert.Contains("is not expected here", error?.Reason);
        error = TemplateSyntax.Read(new("t", "{{a " + string.Concat(Enumerable.Repeat("(a ", 70)) + new string(')', 70) + "}}")).Error;
        Assert.Contains("nested more than 64 deep", error?.Reason);
    }

    [Fact]
    public void Chain_OfElse_PastItsLimit_IsRefused()
    {
        var text = "{{#if a}}" + string.Concat(Enumerable.Repeat("{{else if b}}", 10_000)) + "{{/if}}";
        Assert.Contains("more than 256 {{else …}} follow one another", TemplateSyntax.Read(new("t", text)).Error?.Reason);
    }

    [Fact]
    public void Source_PastItsLimit_IsRefused()
    {
        Assert.Null(TemplateSyntax.Read(new("t", new string('x', TemplateSource.MaxBytes))).Error);
        Assert.Equal("t(1,1): the template has 257 KB; expected at most 256 KB. Move parts of it into partials.", TemplateSyntax.Read(new("t", new string('x', TemplateSource.MaxBytes + 1024))).Error?.Message);
    }

    [Fact]
    public void Data_ThatContainItself_EndToo()
    {
        var list = new List<object?>();
        list.Add(list);
        var model = new Dictionary<string, object?> { ["list"] = list };
        model["self"] = model;
        Assert.Equal("", new Site().Render("{{list}}", model, RenderBudget.Default));
        Assert.Equal("[object Object]", new Site().Render("{{self}}", model, RenderBudget.Default));
        var failure = Assert.Throws<TemplateException>(() => new Site().Render("{{json list}}", model, RenderBudget.Default));
        Assert.Contains("json: the value is more than 40 levels deep.", failure.Message);
    }

    [Fact]
    public void AfterAFailure_TheThreadRendersAsBefore()
    {
        var site = new Site(("a", "  {{#each @root.x as |v|}}{{> a}}{{/each}}\n"));
        var (bad, good) = (site.Compile("  {{> a}}\n"), site.Compile("x\n{{y}}{{v}}{{@index}}\n"));
        for (var i = 0; i < 20; i++)
        {
            Assert.Throws<TemplateException>(() => bad.Render(Site.Json("""{"x":[1]}""")));
            Assert.Equal("x\n1\n", good.Render(Site.Json("""{"y":1}""")));
        }
    }
}
