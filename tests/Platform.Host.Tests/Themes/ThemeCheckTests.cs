using Platform.Templating.Analysis;

namespace Platform.Host.Tests.Themes;

public sealed class ThemeCheckTests
{
    private const string File = "wwwroot/templates/themes/t/page.html";

    [Theory]
    [InlineData("{{&x}}", true)]
    [InlineData("{{#if a}}{{^}}{{/if}}", true)]
    [InlineData("{{{{raw}}}}x{{{{/raw}}}}", true)]
    [InlineData("{{#each a}}{{else if b}}{{/each}}", true)]
    [InlineData("{{trunkate a 3}}", false)]
    [InlineData("{{truncate a}}", false)]
    [InlineData("{{*other}}", false)]
    public void Template_OfOurEngine_IsRefusedOnlyForWhatMustFail(string template, bool isGood)
    {
        using var site = new SiteFolder().With("themes/t/page.html", template);
        site.Build();
        Assert.Equal(isGood, site.Problems.Count == 0);
    }

    [Fact]
    public void UnknownHelper_KeepsTheLastGoodSource_UntilAPluginBringsIt()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "one");
        site.Build();
        Assert.Equal("one", site.With("themes/t/page.html", "two {{shout x}}").Render("page"));
        Assert.Equal(File + "(1,5): helper 'shout' is unknown. Correct the name, or install the plugin that brings it.", Assert.Single(site.Problems).ToString());
        site.Helpers = [new("shout", (in _) => "!", 1, 1)];
        Assert.Equal("two !", site.Render("page"));
        Assert.Empty(site.Problems);
    }

    [Theory]
    [InlineData("<a href=\"{{x}}\">", "(1,10): 'x' begins the URL of 'href', and escaping does not stop javascript:. Write {{url x}}.")]
    [InlineData("{{#if true}}{{else}}x{{/if}}", "(1,21): what follows {{else}} is never rendered: 'true' is always true. Remove it, or correct the condition.")]
    [InlineData("{{titl}}", "(1,3): \"titl\" is no data key of an installed plugin; did you mean \"title\"?")]
    public void Warning_IsSaidAndRefusesNothing(string template, string message)
    {
        using var site = new SiteFolder { Keys = new(["title"], false) }.With("themes/t/page.html", template);
        var store = site.Build();
        var warning = Assert.Single(store.Warnings);
        Assert.Equal(File + message, warning.ToString());
        Assert.StartsWith(template, warning.Excerpt, StringComparison.Ordinal);
        Assert.Empty(site.Problems);
        Assert.Empty(store.Notes);
    }

    [Fact]
    public void Html_PrintedAsItIs_IsANoteOnly()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "<p>{{{body}}}");
        var store = site.Build();
        Assert.Empty(store.Warnings);
        Assert.StartsWith(File + "(1,4): 'body' is printed as it is", Assert.Single(store.Notes).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_OfARefusedFile_WaitsUntilItIsRepaired()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "good");
        site.Build();
        Assert.Empty(site.With("themes/t/page.html", "<a href=\"{{x}}\">{{> __q}}").Build().Warnings);
        Assert.Single(site.Problems);
        Assert.Single(site.With("themes/t/__q.html", "").Build().Warnings);
    }

    [Fact]
    public void Partial_IsUnused_WhereNoThemeCallsIt()
    {
        using var site = new SiteFolder().With("__a.html", "").With("__b.html", "").With("public/widgets/w.html", "").With("themes/s/page.html", "{{> __a}}").With("themes/t/page.html", "")
            .WithPlugin("one", "__p.html", "");
        Assert.Equal(
            ["wwwroot/templates/__b.html(1,1): no page calls the partial \"__b\". Call it, or delete the file.", "wwwroot/templates/public/widgets/w.html(1,1): no page calls the partial \"widgets/w\". Call it, or delete the file."],
            site.Build().Warnings.Select(warning => warning.ToString()));
    }

    [Fact]
    public void Partial_IsJudgedWithThePagesOfEachTheme()
    {
        using var site = new SiteFolder().With("__a.html", "{{x}}").With("themes/s/page.html", "<p>{{> __a}}</p>").With("themes/t/page.html", "<p {{> __a}}>");
        Assert.StartsWith("wwwroot/templates/__a.html(1,1): 'x' is printed where a tag's attributes stand", Assert.Single(site.Build().Warnings).ToString(), StringComparison.Ordinal);
    }
}
