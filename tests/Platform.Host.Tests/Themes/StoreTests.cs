using Platform.Host.Themes;

namespace Platform.Host.Tests.Themes;

public class StoreTests
{
    [Fact]
    public void Lookup_FollowsTheOrderOfTheLayers()
    {
        using var site = new SiteFolder().With("public/x/index.html", "public").With("themes/t/x.html", "theme").With("x.html", "root")
            .WithPlugin("one", "x.html", "one").WithPlugin("two", "x.html", "two");
        string?[] expected = ["public", "theme", "root", "one", "two", null];
        foreach (var (content, index) in expected.Select((c, i) => (c, i)))
        {
            var theme = site.Theme();
            Assert.Equal(content is null ? null : "x", theme.FindPage("/x"));
            Assert.Equal(content is null ? null : "x", theme.Find("x"));
            if (content is null) break;
            Assert.Equal(content, SiteFolder.Render(theme, "x"));
            Assert.Contains(theme.PageCandidates("/x"), line => line.EndsWith("found", StringComparison.Ordinal));
            string[] files = [site.Path("public/x/index.html"), site.Path("themes/t/x.html"), site.Path("x.html"), Path.Combine(site.Root, "plugins/one/templates/x.html"), Path.Combine(site.Root, "plugins/two/templates/x.html")];
            File.Delete(files[index]);
        }
    }

    [Fact]
    public void Candidates_AreListedInOrder()
    {
        using var site = new SiteFolder().With("themes/t/a/b/index.html", "").WithPlugin("one", "y.html", "");
        Assert.Equal(
            ["public/a/b/index.html: no", "themes/t/a/b.html: no", "a/b.html: no", "plugin one: a/b.html: no",
             "public/a/b/index/index.html: no", "themes/t/a/b/index.html: found", "a/b/index.html: no", "plugin one: a/b/index.html: no"],
            site.Theme().PageCandidates("/a/b"));
    }

    [Theory]
    [InlineData("/", "index")]
    [InlineData("/news", "news")]
    [InlineData("/shop", "shop/index")]
    [InlineData("/warning", "warning")]
    [InlineData("/feed", "feed")]
    [InlineData("/deep/a", "deep/a")]
    [InlineData("/404", null)]
    [InlineData("/500", null)]
    [InlineData("/__header", null)]
    [InlineData("/deep/__x", null)]
    [InlineData("/_draft", null)]
    [InlineData("/_d/x", null)]
    [InlineData("/.hidden", null)]
    [InlineData("/widgets/w", null)]
    [InlineData("/public/warning", null)]
    [InlineData("/public/warning/index", null)]
    [InlineData("/public", null)]
    [InlineData("/themes/t/news", null)]
    [InlineData("/../secret", null)]
    [InlineData("/news/../../secret", null)]
    [InlineData("/..%2fsecret", null)]
    [InlineData("/news.html", null)]
    [InlineData("/NEWS", null)]
    [InlineData("//news", null)]
    [InlineData("/news/", null)]
    [InlineData("/news\0", null)]
    [InlineData("/assets/page", null)]
    [InlineData("", null)]
    public void Path_MeansOnlyWhatMayBeAPage(string path, string? name)
    {
        using var site = new SiteFolder().With("../../secret.html", "no").With("../secret.html", "no").With("404.html", "").With("500.html", "");
        foreach (var file in new[] { "index", "news", "shop/index", "__header", "deep/__x", "deep/a", "_draft", "_d/x", ".hidden", ".d/x", "widgets/w", "assets/page" }) site.With($"themes/t/{file}.html", file);
        site.With("public/warning/index.html", "").With("public/widgets/w.html", "").With("feed.xml", "");
        Assert.Equal(name, site.Theme().FindPage(path));
    }

    [Fact]
    public void Find_KnowsNamesAsRoutesWriteThem()
    {
        using var site = new SiteFolder().With("themes/t/news/list.html", "").With("public/warning/index.html", "").With("404.html", "");
        var theme = site.Theme();
        Assert.Equal(["news/list", "public/warning/index", "warning", "404", null, null], new[] { "news/list", "public/warning/index", "warning", "404", "../x", "news/lst" }.Select(theme.Find));
        Assert.Equal("news/list", theme.Nearest("news/lst"));
        Assert.Equal("wwwroot/templates/themes/t/news/list.html", theme.FileOf("news/list"));
        Assert.Contains("template 'news/lst' is not in theme 't'. Did you mean 'news/list'?", Assert.Throws<TemplateException>(() => theme.Template("news/lst")).Message);
    }

    [Fact]
    public void Themes_AreIsolated()
    {
        using var site = new SiteFolder().With("themes/a/page.html", "{{> __p}}{{> __shared}}").With("themes/b/page.html", "{{> __p}}{{> __shared}}")
            .With("themes/a/__p.html", "A").With("themes/b/__p.html", "B").With("__shared.html", "S{{> __p}}").With("themes/b/__shared.html", "Z");
        site.Build();
        Assert.Equal(("AASA", "BZ"), (SiteFolder.Render(site.Store!.Theme("a")!, "page") == "ASA" ? "AASA" : "?", SiteFolder.Render(site.Store.Theme("b")!, "page")));
        Assert.Equal(["a", "b"], site.Store.ThemeNames);
        Assert.Null(site.Store.Theme("c"));
        Assert.Empty(site.Problems);
    }

    [Fact]
    public void Widgets_OfTheThemeBeatThePublicOnes()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "{{> widgets/a}}{{> widgets/b}}{{> widgets/c}}").With("themes/t/widgets/a.html", "theme")
            .With("public/widgets/a.html", "no").With("public/widgets/b.html", "public").WithPlugin("one", "widgets/b.html", "no").WithPlugin("one", "widgets/c.html", "plugin");
        Assert.Equal("themepublicplugin", site.Render("page"));
    }

    [Fact]
    public void Link_OutOfTheRoot_IsNotFollowed()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "ok").With("../../secret/secret.html", "SECRET").With("themes/t/inner/real.html", "real");
        File.CreateSymbolicLink(site.Path("themes/t/leak.html"), Path.Combine(site.Root, "secret/secret.html"));
        Directory.CreateSymbolicLink(site.Path("themes/t/leaks"), Path.Combine(site.Root, "secret"));
        Directory.CreateSymbolicLink(site.Path("themes/t/loop"), site.Path("themes/t"));
        File.CreateSymbolicLink(site.Path("themes/t/gone.html"), site.Path("themes/t/nowhere.html"));
        File.CreateSymbolicLink(site.Path("themes/t/inside.html"), site.Path("themes/t/inner/real.html"));
        Directory.CreateSymbolicLink(site.Path("themes/t/step"), Path.Combine(site.Root, "secret"));
        File.CreateSymbolicLink(site.Path("themes/t/twice.html"), site.Path("themes/t/step/secret.html"));
        var theme = site.Theme();
        foreach (var path in new[] { "/leak", "/leaks/secret", "/loop/page", "/gone", "/twice", "/step/secret" }) Assert.Null(theme.FindPage(path));
        Assert.Equal("real", SiteFolder.Render(theme, theme.FindPage("/inside")!));
        Assert.Equal(4, site.Problems.Count(p => p.Message.StartsWith("the link leads out of the templates folder", StringComparison.Ordinal)));
        Assert.Contains(site.Problems, p => p.ToString() == "wwwroot/templates/themes/t/loop: the link leads to a folder above itself. Remove it.");
    }

    [Fact]
    public void BrokenChange_KeepsTheLastGoodSource_UntilItIsRepaired()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "one {{> __p}}").With("themes/t/__p.html", "p1");
        Assert.Equal("one p1", site.Render("page"));
        site.With("themes/t/page.html", "two\n {{#if x}}");
        Assert.Equal("one p1", site.Render("page"));
        Assert.Equal(["wwwroot/templates/themes/t/page.html(2,2): {{#if}} is never closed; expected {{/if}}. Close it."], site.Problems.Select(p => p.ToString()));
        Assert.Equal("one p1", site.Render("page"));
        Assert.Single(site.Problems);
        site.With("themes/t/page.html", "three {{> __q}}");
        Assert.Equal("one p1", site.Render("page"));
        Assert.Contains("partial \"__q\" not found in theme \"t\"; did you mean \"__p\"?", Assert.Single(site.Problems).Message);
        site.With("themes/t/__q.html", "q");
        Assert.Equal("three q", site.Render("page"));
        Assert.Empty(site.Problems);
        File.Delete(site.Path("themes/t/page.html"));
        Assert.Null(site.Theme().Find("page"));
    }

    [Fact]
    public void BrokenFromTheStart_IsFoundButFails_WithItsProblem()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "{{#if x}}").With("themes/t/good.html", "g");
        var theme = site.Theme();
        Assert.Equal("page", theme.FindPage("/page"));
        Assert.Equal("g", SiteFolder.Render(theme, "good"));
        var failure = Assert.Throws<TemplateException>(() => SiteFolder.Render(theme, "page"));
        Assert.Equal(("wwwroot/templates/themes/t/page.html", 1, 1, "{{#if x}}\n^"), (failure.File, failure.Line, failure.Column, failure.Excerpt));
    }

    [Fact]
    public void SharedFile_MissingAPartialInOneThemeOnly_StaysInForceAndIsReported()
    {
        using var site = new SiteFolder().With("page.html", "old").With("themes/a/__p.html", "A").With("themes/b/x.html", "");
        site.Build();
        site.With("page.html", "new {{> __p}}").Build();
        Assert.Equal("new A", SiteFolder.Render(site.Store!.Theme("a")!, "page"));
        Assert.Equal("page.html", Path.GetFileName(Assert.Throws<TemplateException>(() => SiteFolder.Render(site.Store.Theme("b")!, "page")).File));
        Assert.Contains("not found in theme \"b\"", Assert.Single(site.Problems).Message);
    }

    [Fact]
    public void UnchangedTheme_StaysTheSameObject_AndUnchangedTemplatesStayCompiled()
    {
        using var site = new SiteFolder().With("themes/a/page.html", "{{> __p}}").With("themes/a/__p.html", "1").With("themes/b/page.html", "b");
        site.Build();
        var (a, b) = (site.Store!.Theme("a")!, site.Store.Theme("b")!);
        Assert.Equal("1", SiteFolder.Render(a, "page"));
        site.With("themes/a/__p.html", "2").Build();
        Assert.Same(b, site.Store.Theme("b"));
        Assert.NotSame(a, site.Store.Theme("a"));
        Assert.Equal(("1", "2"), (SiteFolder.Render(a, "page"), SiteFolder.Render(site.Store.Theme("a")!, "page")));
    }

    [Fact]
    public void Store_StaysTheSameObject_UntilSomethingThatItIsMadeOfChanges()
    {
        using var site = new SiteFolder { Keys = new(["title"], isComplete: true) }.With("themes/a/page.html", "{{title}}").With("themes/a/broken.html", "{{#if}}").WithPlugin("shop", "list.html", "1");
        var store = site.Build();
        var problems = site.Problems;
        site.Keys = new(["title"], isComplete: true);
        Assert.Same(store, site.Build());
        Assert.Equal(problems, site.Problems);

        foreach (var change in new Action[]
                 {
                     () => site.With("themes/a/page.html", "{{title}}!"),
                     () => site.With("page.html", ""),
                     () => File.Move(site.Path("page.html"), site.Path("other.html")),
                     () => Directory.CreateDirectory(site.Path("themes/b")),
                     () => site.With("themes/a/theme.yaml", "content_security_policy: \"default-src 'self'\"\n"),
                     () => site.WithPlugin("shop", "list.html", "2"),
                     () => site.WithPlugin("blog", "post.html", "3"),
                     () => site.Keys = new(["title", "text"], isComplete: true),
                     () => site.Keys = new(["title", "text"], isComplete: false),
                     () => site.Helpers = [new("shout", (in _) => "")],
                 })
        {
            change();
            Assert.NotSame(store, store = site.Build());
            Assert.Same(store, site.Build());
        }
    }

    [Fact]
    public void Stamp_IsThatOfTheFiles_WhereverTheyLie()
    {
        using var one = new SiteFolder().With("themes/t/page.html", "x").With("public/w/index.html", "w");
        using var two = new SiteFolder().With("public/w/index.html", "w").With("themes/t/page.html", "x");
        var stamp = one.Build().Stamp;
        Assert.Equal(stamp, two.Build().Stamp);
        Assert.Equal(stamp, one.Build().Stamp);
        Assert.NotEqual(stamp, two.With("themes/t/page.html", "y").Build().Stamp);
        Assert.NotEqual(stamp, one.With("themes/t/other.html", "").Build().Stamp);
        File.Delete(one.Path("themes/t/other.html"));
        Assert.Equal(stamp, one.Build().Stamp);
        Assert.NotEqual(stamp, one.With("themes/u/x.html", "").Build().Stamp);
    }

    [Fact]
    public async Task FirstUse_ByManyAtOnce_RendersTheSame()
    {
        using var site = new SiteFolder();
        for (var i = 0; i < 10; i++) site.With($"themes/t/p{i}.html", $"{{{{#each list}}}}{{{{> __p x=this}}}}{{{{/each}}}}{i}").With($"themes/t/__p.html", "[{{x}}]");
        var theme = site.Theme();
        var model = Data.Map(new { list = new[] { 1, 2, 3 } });
        var first = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => theme.Template("p0"))));
        Assert.All(first, template => Assert.Same(first[0], template));
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => (Page: i % 10, Text: SiteFolder.Render(theme, $"p{i % 10}", model)))));
        Assert.All(results, result => Assert.Equal($"[1][2][3]{result.Page}", result.Text));
    }

    [Fact]
    public void NoTemplatesAtAll_IsAnEmptyStore()
    {
        using var site = new SiteFolder();
        Assert.Empty(site.Build().ThemeNames);
        Assert.Empty(site.Problems);
    }
}
