using Platform.Host.Configuration;

namespace Platform.Host.Tests.Configuration;

public sealed class PluginManifestTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Read_WholeManifest_GivesDefaultsThatConfigurationOverlays()
    {
        var (manifest, problems) = Read("name: news\nversion: \"1.10\"\ndescription: News\nprovides:\n  - title\n  - items[].title\nsettings:\n  limit: 5\n  title: News\n");
        Assert.Empty(problems);
        Assert.Equal(("news", "1.10", "News"), (manifest!.Name, manifest.Version, manifest.Description));
        Assert.Equal(["title", "items[].title"], manifest.Provides);
        var settings = manifest.SettingsUnder(Written.Options("plugins: { each: { news: { settings: { limit: 9 } } } }\n").Plugins.For("news"));
        Assert.Equal((9L, "News"), (settings["limit"], settings["title"]));
    }

    [Fact]
    public void Read_EmptyManifest_HasNothingToSay()
    {
        var (manifest, problems) = Read("");
        Assert.Empty(problems);
        Assert.Null(manifest!.Name);
        Assert.Empty(manifest.Settings);
        Assert.Null(manifest.Provides);
    }

    [Theory]
    [InlineData("setings: {}\n", "plugins/news/plugin.yaml(1,1): setings: unknown key \"setings\"; known here: name, version, description, provides, settings. Did you mean \"settings\"?")]
    [InlineData("version: 1.10\n", "plugins/news/plugin.yaml(1,10): version: 1.10 is not text; expected a text. Put it in quotes.")]
    [InlineData("name: a/b\n", "plugins/news/plugin.yaml(1,7): name: \"a/b\"; expected a name of letters, digits, -, _ and ., at most 64.")]
    [InlineData("provides: title\n", "plugins/news/plugin.yaml(1,11): provides: \"title\"; expected a list, even of one: [title].")]
    [InlineData("provides: [a..b]\n", "plugins/news/plugin.yaml(1,12): provides[0]: \"a..b\"; expected a data key such as title, site.name or items[].title, at most 200 characters.")]
    [InlineData("provides: ['a[0]']\n", "plugins/news/plugin.yaml(1,12): provides[0]: \"a[0]\"; expected a data key such as title, site.name or items[].title, at most 200 characters.")]
    [InlineData("provides: ['[].a']\n", "plugins/news/plugin.yaml(1,12): provides[0]: \"[].a\"; expected a data key such as title, site.name or items[].title, at most 200 characters.")]
    [InlineData("provides: [a, b, a]\n", "plugins/news/plugin.yaml(1,11): provides: \"a\" is there twice; expected each key once. Remove one.")]
    [InlineData("settings: [1]\n", "plugins/news/plugin.yaml(1,11): settings: a list; expected a map of settings.")]
    public void Read_BadManifest_IsRefusedWithThisMessage(string yaml, string message)
    {
        var (manifest, problems) = Read(yaml);
        Assert.Null(manifest);
        Assert.Equal(message, Assert.Single(problems).ToString());
    }

    private (PluginManifest? Manifest, List<Problem> Problems) Read(string yaml)
    {
        File.WriteAllText(path, yaml);
        var problems = new List<Problem>();
        return (PluginManifest.Read(path, "plugins/news/plugin.yaml", problems), problems);
    }
}
