using Platform.Host.Themes.Settings;

namespace Platform.Host.Tests.Themes;

public class ThemeSettingsTests
{
    private const string File = "wwwroot/templates/themes/t/theme.yaml";

    [Theory]
    [InlineData("policy: x\n", "(1,1): policy: unknown key \"policy\"; known here: content_security_policy.")]
    [InlineData("content_security_policy: [a]\n", "(1,26): content_security_policy: a list; expected a text.")]
    [InlineData("content_security_policy: \"script-source 'self'\"\n", "(1,26): content_security_policy: \"script-source\"; expected a directive such as default-src or script-src. Did you mean \"script-src\"?")]
    [InlineData("content_security_policy: \"script-src self\"\n", "(1,26): content_security_policy: \"self\" in script-src is a host of that name. Write 'self' with its single quotes.")]
    [InlineData("content_security_policy: \"script-src {nonse}\"\n", "(1,26): content_security_policy: \"{nonse}\" in script-src; expected {nonce}, the only placeholder there is.")]
    [InlineData("content_security_policy: \"script-src 'self'; script-src {nonce}\"\n", "(1,26): content_security_policy: \"script-src\" twice; a browser takes the first only. Join the two.")]
    [InlineData("content_security_policy: \"script-src 'self', img-src *\"\n", "(1,26): content_security_policy: \"script-src 'self', img-src *\" holds a comma, which ends a policy. Put spaces between sources and ; between directives.")]
    [InlineData("content_security_policy: \"script-src 'self'\\r\\nSet-Cookie: a=b\"\n", "(1,26): content_security_policy: \"script-src 'self'??Set-Cookie: a=b\"; expected printable ASCII characters in one line. Write other host names in their ASCII form.")]
    [InlineData("content_security_policy: \"img-src münchen.example\"\n", "(1,26): content_security_policy: \"img-src münchen.example\"; expected printable ASCII characters in one line. Write other host names in their ASCII form.")]
    [InlineData("content_security_policy: \" ; \"\n", "(1,26): content_security_policy: empty; expected directives such as default-src 'self'. Leave the key out for no policy.")]
    public void Mistake_IsReportedWithItsPlace_AndNothingOfTheFileHolds(string yaml, string message)
    {
        using var site = new SiteFolder().With("themes/t/index.html", "").With("themes/t/theme.yaml", yaml);
        Assert.Null(site.Theme().Settings.ContentSecurityPolicy);
        Assert.StartsWith(File + message, Assert.Single(site.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_WithANonce_HasItWhereThePlaceholderIs_AndWithoutOneLetsNoneIn()
    {
        Assert.True(ContentPolicy.TryParse("default-src 'self';  script-src 'self'  {nonce} ; style-src {nonce};", out var policy, out _));
        Assert.True(policy.HasNonce);
        Assert.Equal("default-src 'self'; script-src 'self' 'nonce-abc='; style-src 'nonce-abc='", policy.For("abc="));
        Assert.Equal("default-src 'self'; script-src 'self'; style-src", policy.For(null));
    }

    [Fact]
    public void BrokenChange_KeepsTheLastGoodPolicy_UntilItIsRepaired()
    {
        using var site = new SiteFolder().With("themes/t/index.html", "").With("themes/t/theme.yaml", "content_security_policy: \"default-src 'self'\"\n");
        var first = site.Theme();
        var stamp = site.Store!.Stamp;
        Assert.Equal("default-src 'self'", first.Settings.ContentSecurityPolicy!.Text);

        site.With("themes/t/theme.yaml", "content_security_policy: \"default-src self\"\n");
        Assert.Same(first, site.Theme());
        Assert.Single(site.Problems);

        site.With("themes/t/theme.yaml", "content_security_policy: \"default-src 'none'\"\n");
        Assert.Equal("default-src 'none'", site.Theme().Settings.ContentSecurityPolicy!.Text);
        Assert.NotEqual(stamp, site.Store.Stamp);
        Assert.Empty(site.Problems);

        System.IO.File.Delete(site.Path("themes/t/theme.yaml"));
        Assert.Null(site.Theme().Settings.ContentSecurityPolicy);
    }

    [Fact]
    public void Link_OutOfTheTemplates_IsNoThemeFile()
    {
        using var site = new SiteFolder().With("themes/t/index.html", "").With("../../elsewhere.yaml", "content_security_policy: \"default-src *\"\n");
        System.IO.File.CreateSymbolicLink(site.Path("themes/t/theme.yaml"), System.IO.Path.Combine(site.Root, "elsewhere.yaml"));
        Assert.Null(site.Theme().Settings.ContentSecurityPolicy);
        Assert.Contains("leads out of the templates folder", Assert.Single(site.Problems).Message);
    }
}
