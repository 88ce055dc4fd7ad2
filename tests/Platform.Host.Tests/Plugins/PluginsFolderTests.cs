using Platform.Host.Configuration;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Tests.Plugins;

/// <summary>The folder of plugins, as commands change it and as killed ones leave it.</summary>
public sealed class PluginsFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pf-folder-").FullName;

    public PluginsFolderTests() => File.WriteAllText(Path.Combine(root, "config.yaml"), "");

    private SiteFolder Site => new(Path.Combine(root, "config.yaml"));

    [Fact]
    public async Task Change_Undone_LeavesEverythingAsBefore_TheDataToo()
    {
        Write("plugins/news/news.dll", "old", "plugins/news/data/db", "kept");
        using var folder = await TakeAsync();
        using (var staged = PackageStaging.Open(Package(), folder.Path))
        {
            var change = folder.Put(staged);
            Assert.Equal(("an assembly", "kept"), (Read("plugins/news/news.dll"), Read("plugins/news/data/db")));
            change.Undo();
        }

        Assert.Equal(("old", "kept"), (Read("plugins/news/news.dll"), Read("plugins/news/data/db")));
        Assert.Equal(["news"], Entries());
    }

    [Fact]
    public async Task Change_Kept_LeavesTheNewOne_WithTheDataOfTheOld()
    {
        Write("plugins/news/news.dll", "old", "plugins/news/old.txt", "old", "plugins/news/data/db", "kept");
        using var folder = await TakeAsync();
        using (var staged = PackageStaging.Open(Package(), folder.Path)) folder.Put(staged).Keep();
        Assert.Equal(("an assembly", "kept"), (Read("plugins/news/news.dll"), Read("plugins/news/data/db")));
        Assert.False(File.Exists(Path.Combine(root, "plugins/news/old.txt")), "A file of the old version stayed.");
        Assert.Equal(["news"], Entries());
    }

    [Fact]
    public async Task Data_ThatBothHaveWritten_AreAllKept()
    {
        Write("plugins/.replaced-0123456789abcdef-news/data/db", "old", "plugins/.replaced-0123456789abcdef-news/data/deep/log", "older", "plugins/news/news.dll", "new", "plugins/news/data/db", "new");
        using var folder = await TakeAsync();
        Assert.Equal(("new", "old", "older"), (Read("plugins/news/data/db"), Read("plugins/news/data/db.replaced"), Read("plugins/news/data/deep/log")));
        Assert.Equal(["news"], Entries());
    }

    [Fact]
    public async Task Put_OverAnother_LeavesNoMomentWithoutOne()
    {
        Write("plugins/news/news.dll", "old");
        using var folder = await TakeAsync();
        using var stop = new CancellationTokenSource();
        // At the folder: who looks for a file in it may still be on his way through the old one when that is deleted.
        var looking = Task.Run(() =>
        {
            var looks = 0;
            for (; !stop.IsCancellationRequested; looks++) Assert.True(Directory.Exists(Path.Combine(root, "plugins/news")), "For a moment there was no plugin.");
            return looks;
        });
        for (var turn = 0; turn < 200; turn++)
        {
            using var staged = PackageStaging.Open(Package(), folder.Path);
            folder.Put(staged).Keep();
        }

        await stop.CancelAsync();
        Assert.True(await looking > 200, "Nobody looked.");
    }

    [Fact]
    public async Task Put_OverABareAssemblyOrALink_IsRefused()
    {
        Write("plugins/news.dll", "bare", "elsewhere/news.dll", "linked");
        using var folder = await TakeAsync();
        using var staged = PackageStaging.Open(Package(), folder.Path);
        Assert.Contains("as a bare assembly", Assert.Throws<PackageException>(() => folder.Put(staged)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(root, "plugins/news.dll"));
        Directory.CreateSymbolicLink(Path.Combine(root, "plugins/news"), Path.Combine(root, "elsewhere"));
        Assert.Contains("is a link to", Assert.Throws<PackageException>(() => folder.Put(staged)).Message, StringComparison.Ordinal);
        Assert.Equal("linked", Read("elsewhere/news.dll"));
    }

    [Fact]
    public async Task Take_OfALink_DeletesTheLinkAlone()
    {
        Write("elsewhere/news.dll", "linked");
        Directory.CreateDirectory(Path.Combine(root, "plugins"));
        Directory.CreateSymbolicLink(Path.Combine(root, "plugins/news"), Path.Combine(root, "elsewhere"));
        using var folder = await TakeAsync();
        folder.Take("news").Keep();
        Assert.Empty(Entries());
        Assert.Equal("linked", Read("elsewhere/news.dll"));
    }

    [Fact]
    public async Task Take_AfterAKilledCommand_PutsEverythingInOrder()
    {
        const string Mark = "0123456789abcdef";
        Write($"plugins/.staging-{Mark}/half/half.dll", "x", $"plugins/.removed-{Mark}-gone/gone.dll", "x", $"plugins/.removed-{Mark}-bare", "x",
            $"plugins/.replaced-{Mark}-lost/lost.dll", "put back", $"plugins/.replaced-{Mark}-lost/data/db", "kept",
            $"plugins/.replaced-{Mark}-there/there.dll", "old", $"plugins/.replaced-{Mark}-there/data/db", "kept", "plugins/there/there.dll", "new", "plugins/.disabled", "x\n", "plugins/.disabled.12345678", "", "plugins/.gitignore", "x");
        using var folder = await TakeAsync();
        Assert.Equal([".disabled", ".gitignore", "lost", "there"], Entries());
        Assert.Equal(("put back", "kept", "new", "kept"), (Read("plugins/lost/lost.dll"), Read("plugins/lost/data/db"), Read("plugins/there/there.dll"), Read("plugins/there/data/db")));
    }

    [Fact]
    public async Task Take_WhileAnotherHasIt_WaitsForItsTurn()
    {
        var first = await TakeAsync();
        var second = TakeAsync();
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Theory]
    [InlineData("../news", "expected a name of letters")]
    [InlineData(".staging-1", "expected a name of letters")]
    [InlineData("nwes", "expected one of more, news. Did you mean \"news\"?")]
    public async Task Expect_OfANameThatIsNotThere_SaysWhichAre(string name, string refusal)
    {
        Write("plugins/news/news.dll", "x", "plugins/more.dll", "x");
        using var folder = await TakeAsync();
        Assert.Contains(refusal, Assert.Throws<PackageException>(() => folder.Expect(name)).Message, StringComparison.Ordinal);
        folder.Expect("more");
    }

    [Fact]
    public void Disabled_NamesAndComments_AreKeptAsWritten()
    {
        Write("plugins/.disabled", "# of the admin\nnews # since Monday\n\nold\n");
        var (plugins, problems) = (Site.Plugins, new List<Problem>());
        Assert.Equal(["news", "old"], DisabledPlugins.Read(plugins, problems).Order());
        Assert.False(DisabledPlugins.Set(plugins, "news", isDisabled: true));
        Assert.True(DisabledPlugins.Set(plugins, "more", isDisabled: true));
        Assert.True(DisabledPlugins.Set(plugins, "old", isDisabled: false));
        Assert.Equal("# of the admin\nnews # since Monday\n\nmore\n", Read("plugins/.disabled"));
        Write("plugins/.disabled", "../x\nnews\n");
        Assert.Equal(["news"], DisabledPlugins.Read(plugins, problems));
        Assert.Equal("plugins/.disabled(1,1): \"../x\"; expected a name of letters, digits, -, _ and ., at most 64.", Assert.Single(problems).ToString());
        Assert.True(DisabledPlugins.Set(plugins, "news", isDisabled: false));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private Task<PluginsFolder> TakeAsync() => PluginsFolder.TakeAsync(Site, Path.Combine(root, "data"), TestContext.Current.CancellationToken);

    private string Package()
    {
        var file = Path.Combine(root, "package.zip");
        File.WriteAllBytes(file, Zip.Package().Bytes());
        return file;
    }

    private IEnumerable<string?> Entries() => Directory.GetFileSystemEntries(Site.Plugins).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private string Read(string name) => File.ReadAllText(Path.Combine(root, name));

    private void Write(params string[] files)
    {
        foreach (var pair in files.Chunk(2))
        {
            var path = Path.Combine(root, pair[0]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, pair[1]);
        }
    }
}
