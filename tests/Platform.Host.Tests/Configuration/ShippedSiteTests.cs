using Platform.Host.Configuration;
using Platform.Host.Routing;
using Platform.Sdk;
using static Platform.Host.Tests.Configuration.Written;

namespace Platform.Host.Tests.Configuration;

public sealed class ShippedSiteTests
{
    private static readonly string Shipped = File.ReadAllText(Path.Combine(Repository, "config.yaml"));

    [Fact]
    public void Config_OfTheSite_ShowsTheDefaults()
    {
        var shipped = Yaml(Shipped).ApplicationSettings;
        Assert.NotEmpty(shipped);
        var defaults = Yaml("").ApplicationSettings;
        foreach (var section in defaults.Keys.Except(["plugins", "api"])) Assert.Equal(Flat(defaults[section]), Flat(shipped[section]));
        foreach (var key in ((DataMap)defaults["plugins"]!).Keys.Where(key => key != "each")) Assert.Equal(((DataMap)defaults["plugins"]!)[key], ((DataMap)shipped["plugins"]!)[key]);
        Assert.Equal(10, Options(Shipped).Plugins.For("bas-site").Order);
        Assert.Equal("bas-site", Options(Shipped).Api.Apps["news"]);
    }

    [Theory]
    [InlineData("config.yaml", "{0}:")]
    [InlineData("docs/config.md", "| `{0}`")]
    public void Keys_All_AreExplained(string file, string pattern)
    {
        var text = File.ReadAllText(Path.Combine(Repository, file));
        string[] hidden = ["password", "secret_key", "settings", "order"];
        foreach (var key in Keys(Yaml(Shipped).ApplicationSettings).Concat(hidden)) Assert.Contains(string.Format(null, pattern, key), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Config_EveryKey_HasAComment()
    {
        var lines = Shipped.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i].TrimStart().StartsWith('#')) continue;
            Assert.True(lines[i].Contains('#', StringComparison.Ordinal) || lines[i - 1].TrimStart().StartsWith('#') || lines[i].TrimStart() is "bas-site:" or "news: bas-site", lines[i]);
        }
    }

    [Fact]
    public void Routes_OfTheSite_LeadWhereTheySay()
    {
        var result = RoutesReader.Read(Path.Combine(Repository, "routes.json"));
        Assert.Empty(result.Problems);
        foreach (var (host, theme) in new[] { ("localhost", "default"), ("127.0.0.1", "default"), ("dark.localhost", "dark") })
        {
            var domain = result.Table!.FindDomain(host);
            Assert.Equal((host, theme), (domain.Name, domain.Theme));
            Assert.Equal(("article", "news/article", "a-b"), (domain.Match("GET", "/news/a-b").Route!.Handler, domain.Match("GET", "/news/a-b").Route!.Template, domain.Match("GET", "/news/a-b").Values["slug"]));
            Assert.Equal(("feed", "application/atom+xml; charset=utf-8"), (domain.Match("GET", "/news/feed.xml").Route!.Handler, domain.Match("GET", "/news/feed.xml").Route!.ContentType));
            Assert.Equal(("/", 301), (domain.Match("GET", "/home").Route!.Redirect!.ToString(), domain.Match("GET", "/home").Route!.Status));
            Assert.True(domain.Match("HEAD", "/health").Route!.IsJson);
            Assert.Equal("GET, HEAD", domain.Match("POST", "/about").Allow);
        }
    }

    private static IEnumerable<string> Keys(DataMap settings) => settings.Values.SelectMany(section => ((DataMap)section!).Keys);

    private static IEnumerable<string> Flat(object? value) => ((DataMap)value!).Select(entry => $"{entry.Key}={(entry.Value is DataList list ? string.Join(',', list.AsEnumerable()) : entry.Value)}");
}
