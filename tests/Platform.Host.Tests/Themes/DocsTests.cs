using System.Text.RegularExpressions;
using Platform.Host.Themes.Settings;
using Platform.Templating;
using static Platform.Host.Tests.Configuration.Written;

namespace Platform.Host.Tests.Themes;

/// <summary>What docs/themes.md shows is so.</summary>
public partial class DocsTests
{
    private static readonly string Docs = File.ReadAllText(Path.Combine(Repository, "docs", "themes.md"));

    [Fact]
    public void Snippets_All_AreTemplates()
    {
        var snippets = Blocks().Matches(Docs).Where(block => block.Groups[1].Value == "html").Select(block => block.Groups[2].Value).ToList();
        Assert.True(snippets.Count >= 3, "docs/themes.md shows no templates.");
        Assert.All(snippets, snippet => Assert.Null(TemplateSyntax.Read(new("docs/themes.md", snippet)).Error));
    }

    [Fact]
    public void Helpers_All_AreInTheTable()
    {
        var table = Docs.Split("\n## Helpers\n")[1].Split("\n## ")[0];
        foreach (var helper in new TemplateEnvironment(new Dictionary<string, TemplateSyntax>()).HelperNames.Concat(["asset", "nonce"])) Assert.Contains($"`{helper}`", table, StringComparison.Ordinal);
    }

    [Fact]
    public void ThemeFile_Shown_IsOne()
    {
        using var site = new SiteFolder().With("themes/t/theme.yaml", Blocks().Matches(Docs).Single(block => block.Groups[1].Value == "yaml").Groups[2].Value);
        Assert.True(site.Theme().Settings.ContentSecurityPolicy is { HasNonce: true }, "The theme.yaml of the docs has no nonce.");
        Assert.Empty(site.Problems);
        Assert.Equal("theme.yaml", ThemeSettings.File);
    }

    [GeneratedRegex("```(\\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
