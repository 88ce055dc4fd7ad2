using Platform.Host.Themes;

namespace Platform.Host.Tests.Themes.HandlebarsNet;

public class RunawayTests
{
    private static readonly RenderLimits Short = new(TimeSpan.FromMilliseconds(150), 64 * 1024 * 1024);
    private static readonly RenderLimits Small = new(TimeSpan.FromSeconds(20), 64 * 1024);

    public static TheoryData<string, string, string> Loops => new()
    {
        { "{{> __a}}", "{{> __a}}", "" },
        { "{{> __a}}", "{{> __b}}", "{{> __a}}" },
        { "{{#> __a}}x{{/__a}}", "{{#> __a}}{{> @partial-block}}{{/__a}}", "" },
        { "{{> __a}}", "{{#*inline \"i\"}}{{> i}}{{/inline}}{{> i}}", "" },
        { "{{> __a}}", "{{> (lookup this 'self')}}", "" },
        { "{{#> __b}}{{> __a}}{{/__b}}", "{{#> __b}}x{{/__b}}", "{{> @partial-block}}{{> __a}}" },
        { "{{> __a}}", "  {{> __a}}\n", "" },
        { "{{> __a}}", "{{#each list}}{{> __a list=../list}}{{/each}}", "" },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public void Recursion_EndsInATemplateException(string page, string a, string b)
    {
        var failure = SiteFolder.FailsUnderHandlebarsNet(new { self = "__a", list = new[] { 1, 2 } }, ("page", page), ("__a", a), ("__b", b));
        Assert.Contains("nested more than 32 deep", failure.Message);
        Assert.Contains("wwwroot/templates/themes/t/", failure.File);
    }

    [Fact]
    public void BothMissing_EndsInATemplateException()
    {
        var failure = SiteFolder.FailsUnderHandlebarsNet(null, ("page", "{{#> a}}{{> b}}{{/a}}"));
        Assert.Equal("wwwroot/templates/themes/t/page.html(1,9): partial 'b' is not in theme 't'. Partials are files whose name starts with __, and widgets/….", failure.Message);
    }

    [Fact]
    public void EachCubed_StopsAtTheOutputLimit()
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", "{{#each x}}{{#each ../x}}{{#each ../../x}}0123456789{{/each}}{{/each}}{{/each}}");
        var failure = Assert.Throws<TemplateException>(() => site.Render("page", new { x = Enumerable.Range(0, 1000) }, limits: Small));
        Assert.Contains("larger than 64 KB", failure.Message);
    }

    [Fact]
    public void DoublingPartials_StopAtTheOutputLimit()
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", "{{> __p0}}").With("themes/t/__p25.html", "0123456789");
        for (var i = 0; i < 25; i++) site.With($"themes/t/__p{i}.html", $"{{{{> __p{i + 1}}}}}{{{{> __p{i + 1}}}}}");
        Assert.Contains("templates.max_output_kb", Assert.Throws<TemplateException>(() => site.Render("page", limits: Small)).Message);
    }

    [Fact]
    public void SilentLoops_StopAtTheDeadline()
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/page.html", "{{#each x}}{{#each ../x}}{{#each ../../x}}{{#if this}}{{/if}}{{/each}}{{/each}}{{/each}}");
        var failure = Assert.Throws<TemplateException>(() => site.Render("page", new { x = Enumerable.Range(0, 1000) }, limits: Short));
        Assert.Contains("took more than 1500 ms; the limit is templates.render_timeout_ms, ten times of it for a template's first rendering", failure.Message);
    }

    [Fact]
    public void DeepNesting_OnASmallStack_IsATemplateException()
    {
        const int Blocks = 60;
        var body = string.Concat(Enumerable.Repeat("{{#each @root.list}}", Blocks)) + "{{> __a}}" + string.Concat(Enumerable.Repeat("{{/each}}", Blocks));
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => SiteFolder.Page(new Platform.Host.Themes.HandlebarsNet.HandlebarsNetEngine(), new { list = new[] { 1 } }, ("page", "{{> __a}}"), ("__a", body))), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Contains("rendering nests too deep for the stack", Assert.IsType<TemplateException>(failure).Message);
    }

    [Fact]
    public void AfterAFailure_TheThreadRendersAsBefore()
    {
        using var site = SiteFolder.UnderHandlebarsNet().With("themes/t/bad.html", "  {{> __a}}\n").With("themes/t/__a.html", "  {{> __a}}\n").With("themes/t/page.html", "x\n{{y}}\n");
        var theme = site.Theme();
        for (var i = 0; i < 20; i++)
        {
            Assert.Throws<TemplateException>(() => SiteFolder.Render(theme, "bad"));
            Assert.Equal("x\n1\n", SiteFolder.Render(theme, "page", new { y = 1 }));
        }
    }
}
