namespace Platform.Functional.Tests.Caching;

/// <summary>Files in a plugin's folder: those it names drop its pages when they change, and one that appears may give it something to say.</summary>
public sealed class ContentFileTests
{
    [Theory]
    [InlineData("content/about.md", "content/about.md")]
    [InlineData("content/about us.md", "content/about us.md")]
    [InlineData("my content/about.md", "my content/about.md")]
    [InlineData("content/my news/one.md", "content/my news/*")]
    [InlineData("wwwroot/photos/list.txt", "wwwroot/photos/list.txt")]
    [InlineData("wwwroot/photos/list.txt", "wwwroot/photos/*")]
    [InlineData("templates/shelf.html", "templates/shelf.html")]
    [InlineData("templates/parts/shelf.html", "templates/parts/*")]
    public async Task NamedFile_ThatChanges_DropsThePagesMadeOfIt_AndNoOtherDoes(string file, string names)
    {
        using var site = Shelf(file, names).Write($"plugins/shelf/{file}", "one").Write("plugins/shelf/content/other file.md", "one");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal((false, "one"), Seen(await server.GetAsync("/about")));
        await server.ChangeAsync(() => site.Write("plugins/shelf/content/other file.md", "changed"));
        Assert.Equal((true, "one"), Seen(await server.GetAsync("/about")));
        await server.ChangeAsync(() => site.Write($"plugins/shelf/{file}", "two, longer"));
        Assert.Equal((false, "two, longer"), Seen(await server.GetAsync("/about")));
        Assert.Equal((true, "two, longer"), Seen(await server.GetAsync("/about")));
    }

    [Theory]
    [InlineData("content/my news")]
    [InlineData("wwwroot/photos")]
    public async Task NamedFolder_ThatGetsAFileMore_DropsThePagesMadeOfIt(string folder)
    {
        using var site = Shelf(folder, folder + "/*").Write($"plugins/shelf/{folder}/a.md", "one");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("one", (await server.GetAsync("/about")).Shown("value"));
        await server.ChangeAsync(() => site.Write($"plugins/shelf/{folder}/b.md", "two"));
        Assert.Equal("one, two", (await server.GetAsync("/about")).Shown("value"));
        await server.ChangeAsync(() => site.Delete($"plugins/shelf/{folder}/a.md"));
        Assert.Equal("two", (await server.GetAsync("/about")).Shown("value"));
    }

    [Fact]
    public async Task FileThatWasMissing_AppearsLater_AndItsPluginIsAskedAgain()
    {
        using var site = Shelf().Write("plugins/shelf/content/first.md", "one");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("", (await server.GetAsync("/about")).Shown("value"));
        Assert.Equal("", (await server.GetAsync("/missing")).Shown("value"));
        Assert.True((await server.GetAsync("/about")).IsHit);
        await server.ChangeAsync(() => site.Write("plugins/shelf/content/about.md", "about us"));
        Assert.Equal("about us", (await server.GetAsync("/about")).Shown("value"));
        Assert.True((await server.GetAsync("/missing")).IsHit, "A file that says nothing of a page dropped it.");
        // And back.
        await server.ChangeAsync(() => site.Delete("plugins/shelf/content/about.md"));
        Assert.Equal("", (await server.GetAsync("/about")).Shown("value"));
        await server.ChangeAsync(() => site.Write("plugins/shelf/content/about.md", "about us again"));
        Assert.Equal("about us again", (await server.GetAsync("/about")).Shown("value"));
    }

    [Fact]
    public async Task SilentPlugin_IsAskedOnceForEachChange_NotForEachRequest()
    {
        using var site = Shelf();
        await using var server = await RunningServer.StartAsync(site);
        await server.GetAsync("/missing");
        await server.ChangeAsync(() => site.Write("plugins/shelf/content/about.md", "about us"));
        var before = await CallsAsync();
        for (var turn = 0; turn < 5; turn++) Assert.True((await server.GetAsync("/missing")).IsHit);
        Assert.InRange(await CallsAsync() - before, 0, 1);

        async Task<long> CallsAsync() => (await server.HealthAsync()).GetProperty("plugins").EnumerateArray().Single().GetProperty("calls").GetInt64();
    }

    private static TestSite Shelf() => TestSite.Small("about", "missing").PluginFolder("shelf");

    private static TestSite Shelf(string shows, string names) =>
        Shelf().Configure("plugins", $"timeout_ms: 10000\neach:\n  shelf:\n    settings: {{ shows: \"{shows}\", names: \"{names}\" }}");

    private static (bool IsHit, string Value) Seen(Reply reply) => (reply.IsHit, reply.Shown("value"));
}
