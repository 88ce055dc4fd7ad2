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
        Assert.Equal(["title", "items[].title"], manifest.Provides.Data);
        var settings = manifest.Settings.Over(Written.Options("plugins: { each: { news: { settings: { limit: 9 } } } }\n").Plugins.For("news").Settings);
        Assert.Equal((9L, "News"), (settings["limit"], settings["title"]));
    }

    [Fact]
    public void Read_EmptyManifest_HasNothingToSay()
    {
        var (manifest, problems) = Read("");
        Assert.Empty(problems);
        Assert.Null(manifest!.Name);
        Assert.Empty(manifest.Settings.Rules);
        Assert.Null(manifest.Provides.Data);
    }

    [Theory]
    [InlineData("setings: {}\n", "plugins/news/plugin.yaml(1,1): setings: unknown key \"setings\"; known here: name, version, description, sdk, command, requires, provides, probe, rights, settings. Did you mean \"settings\"?")]
    [InlineData("version: 1.10\n", "plugins/news/plugin.yaml(1,10): version: 1.10 is not text; expected a text. Put it in quotes.")]
    [InlineData("name: a/b\n", "plugins/news/plugin.yaml(1,7): name: \"a/b\"; expected a name of letters, digits, -, _ and ., at most 64.")]
    [InlineData("provides: title\n", "plugins/news/plugin.yaml(1,11): provides: title; expected a list, even of one: [title].")]
    [InlineData("provides: [a..b]\n", "plugins/news/plugin.yaml(1,12): provides[0]: \"a..b\"; expected a data key such as title, site.name or items[].title, at most 200 characters.")]
    [InlineData("provides: ['a[0]']\n", "plugins/news/plugin.yaml(1,12): provides[0]: \"a[0]\"; expected a data key such as title, site.name or items[].title, at most 200 characters.")]
    [InlineData("provides: ['[].a']\n", "plugins/news/plugin.yaml(1,12): provides[0]: \"[].a\"; expected a data key such as title, site.name or items[].title, at most 200 characters.")]
    [InlineData("provides: [a, b, a]\n", "plugins/news/plugin.yaml(1,11): provides: \"a\" is there twice; expected each key once. Remove one.")]
    [InlineData("sdk: \"one\"\n", "plugins/news/plugin.yaml(1,6): sdk: \"one\"; expected versions such as 1.2 (it, or later ones of the same major) or >=1.2 <3.")]
    [InlineData("requires: [\"news >\"]\n", "plugins/news/plugin.yaml(1,12): requires[0]: \">\"; expected versions such as 1.2 (it, or later ones of the same major) or >=1.2 <3.")]
    [InlineData("requires: [a/b]\n", "plugins/news/plugin.yaml(1,12): requires[0]: \"a/b\"; expected a name of letters, digits, -, _ and ., at most 64.")]
    [InlineData("provides: { data: [title], apis: [news] }\n", "plugins/news/plugin.yaml(1,28): provides.apis: unknown key \"apis\"; known here: data, api, helpers. Did you mean \"api\"?")]
    [InlineData("probe: news\n", "plugins/news/plugin.yaml(1,8): probe: \"news\"; expected a path on this server such as /sign-in.")]
    [InlineData("rights: { network: [api.example.org], disk: all }\n", "plugins/news/plugin.yaml(1,39): rights.disk: unknown key \"disk\"; known here: network, files, configuration. Remove it.")]
    [InlineData("settings: { a: { type: whole } }\n", "plugins/news/plugin.yaml(1,24): settings.a.type: whole; expected any, text, boolean, integer, number, list or map. Leave it out for any.")]
    [InlineData("settings: { a: { type: integer, default: 5, max: 3 } }\n", "plugins/news/plugin.yaml(1,42): settings.a.default: \"5\"; expected a whole number of at most 3.")]
    [InlineData("settings: { a: { type: text, required: true, default: x } }\n", "plugins/news/plugin.yaml(1,40): settings.a.required: true, and a default is there; expected one of the two. Remove one.")]
    [InlineData("settings: [1]\n", "plugins/news/plugin.yaml(1,11): settings: a list; expected a map of settings.")]
    public void Read_BadManifest_IsRefusedWithThisMessage(string yaml, string message)
    {
        var (manifest, problems) = Read(yaml);
        Assert.Null(manifest);
        Assert.Equal(message, Assert.Single(problems).ToString());
    }

    [Theory]
    [InlineData("limit: 9", null)]
    [InlineData("limit: nine", "plugins.each.news.settings.limit: \"nine\"; expected a whole number of 1 to 50.")]
    [InlineData("limit: 51", "plugins.each.news.settings.limit: \"51\"; expected a whole number of 1 to 50.")]
    [InlineData("limt: 9", "plugins.each.news.settings.limt: unknown setting; its plugin.yaml knows limit, title, order, token. Did you mean \"limit\"?")]
    [InlineData("title: 5", "plugins.each.news.settings.title: \"5\"; expected a text. Put it in quotes.")]
    [InlineData("order: up", "plugins.each.news.settings.order: \"up\"; expected one of newest, oldest.")]
    [InlineData("", "plugins.each.news.settings.token: missing; expected a text of at least 8 characters. The plugin does not run without it.")]
    public void Check_OfConfiguredSettings_NamesWhatTheManifestDoesNotAllow(string setting, string? complaint)
    {
        var (manifest, problems) = Read("settings:\n  limit: { type: integer, default: 5, min: 1, max: 50 }\n  title: News\n  order: { type: text, default: newest, one_of: [newest, oldest] }\n  token: { type: text, required: true, min: 8 }\n");
        Assert.Empty(problems);
        var settings = setting.Length == 0 ? "" : $"token: long enough, {setting}";
        var entry = Written.Options($"plugins: {{ each: {{ news: {{ settings: {{ {settings} }} }} }} }}\n").Plugins.For("news");
        var found = manifest!.Settings.Check("news", entry.Settings, entry.SettingAt).Select(problem => problem.ToString()).ToList();
        if (complaint is null) Assert.Empty(found);
        else Assert.EndsWith(complaint, Assert.Single(found), StringComparison.Ordinal);
    }

    private (PluginManifest? Manifest, List<Problem> Problems) Read(string yaml)
    {
        File.WriteAllText(path, yaml);
        var problems = new List<Problem>();
        return (PluginManifest.Read(path, "plugins/news/plugin.yaml", problems), problems);
    }
}
