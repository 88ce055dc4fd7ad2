using System.IO.Compression;

namespace Platform.Functional.Tests.Plugins;

/// <summary>A plugin from its first line to its removal, as its author and an admin go.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pf-kit-").FullName;

    [Fact]
    public async Task Plugin_MadeNew_Built_Packed_Installed_ShowsItsPage_AndGoesWithoutATrace()
    {
        // The folders of a repository like this one, with rules of its own for what lies below.
        var repository = Directory.CreateDirectory(Path.Combine(folder, "repository")).FullName;
        foreach (var file in new[] { ".editorconfig", "Directory.Build.props", "Directory.Packages.props", "plugins/Directory.Build.props" }) Copy(file, repository);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "sdk"))) Copy(Path.GetRelativePath(Repository.Root, file), repository);
        Done(await Command.RunAsync("new", "plugin", "my-news", "--folder", Path.Combine(repository, "plugins")));
        var plugin = Path.Combine(repository, "plugins", "my-news");
        Assert.Contains("Failed:     0, Passed:     4", await Command.DotnetAsync("test", Path.Combine(plugin, "my-news.Tests")), StringComparison.Ordinal);
        var package = Path.Combine(folder, "my-news.zip");
        Done(await Command.RunAsync("pack", plugin, "-o", package));

        using var site = TestSite.Small();
        await using var server = await RunningServer.StartAsync(site);
        Task<(int, string, string)> Run(params string[] arguments) => Command.RunAsync(["plugin", .. arguments, "--config", site.ConfigFile]);
        Assert.Equal((0, "my-news 1.0.0 is in service\n", ""), await Run("install", package));
        Assert.Equal("Hello, Ann!", (await server.GetAsync("/my-news?name=Ann")).Shown("greeting"));

        Assert.Equal((0, "my-news is switched off\n", ""), await Run("disable", "my-news"));
        Assert.Equal(404, (await server.GetAsync("/my-news?name=Ann")).Code);
        Assert.Equal((0, "my-news 1.0.0 is in service\n", ""), await Run("enable", "my-news"));
        Assert.Equal("Hello, Ann!", (await server.GetAsync("/my-news?name=Ann")).Shown("greeting"));

        site.Write("plugins/my-news/data/notes", "its own");
        using (var archive = ZipFile.Open(package, ZipArchiveMode.Update))
        {
            archive.GetEntry("my-news/plugin.yaml")!.Delete();
            using var manifest = new StreamWriter(archive.CreateEntry("my-news/plugin.yaml").Open());
            manifest.Write("name: my-news\n");
        }

        var (exitCode, output, errors) = await Run("install", package);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal("plugins/my-news/my-news.dll: fails to start: InvalidOperationException: settings.greeting: not a text; expected one such as \"Hello\". Version 1.0.0 stays in service.\nplatform: my-news: not installed; everything is as before.\n", errors);
        Assert.Equal("Hello, Bob!", (await server.GetAsync("/my-news?name=Bob")).Shown("greeting"));
        Assert.Equal("its own", site.Read("plugins/my-news/data/notes"));
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());

        Assert.Equal((1, ""), await Run("remove", "my-news") is var (code, said, _) ? (code, said) : default);
        Assert.Equal((0, "my-news is removed\n", ""), await Run("remove", "my-news", "--data"));
        Assert.Equal(404, (await server.GetAsync("/my-news?name=Bob")).Code);
        Assert.Empty(Directory.GetFileSystemEntries(site.PathOf("plugins")));
    }

    [Fact]
    public async Task Plugin_MadeNewWithThePackage_BuildsFromAFolderOfPackages()
    {
        await Command.DotnetAsync("pack", Path.Combine(Repository.Root, "sdk"), "-c", Repository.Configuration, "--no-build", "-o", Path.Combine(folder, "packages"));
        var package = Assert.Single(Directory.GetFiles(Path.Combine(folder, "packages"), "Platform.Sdk.*.nupkg"));
        using (var archive = ZipFile.OpenRead(package))
        {
            foreach (var file in new[] { "README.md", "lib/net10.0/Platform.Sdk.dll", "lib/net10.0/Platform.Sdk.xml" }) Assert.NotNull(archive.GetEntry(file));
            using var about = new StreamReader(archive.GetEntry("Platform.Sdk.nuspec")!.Open());
            var text = await about.ReadToEndAsync(TestContext.Current.CancellationToken);
            foreach (var part in new[] { "<id>Platform.Sdk</id>", "<license type=\"expression\">MIT</license>", "<readme>README.md</readme>", "<description>What a Platform plugin author references" }) Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Done(await Command.RunAsync("new", "plugin", "my-news", "--package", "--folder", folder));
        var plugin = Path.Combine(folder, "my-news");
        // Packages of this test alone: what other builds of this machine have is not what is shown.
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            """<configuration><config><add key="globalPackagesFolder" value="kept" /></config><packageSources><clear /><add key="here" value="packages" /></packageSources></configuration>""",
            TestContext.Current.CancellationToken);
        await Command.DotnetAsync("build", plugin, "-v", "quiet");
        Assert.Equal(["my-news.deps.json", "my-news.dll", "my-news.pdb", "my-news.runtimeconfig.json"], Directory.GetFiles(Path.Combine(plugin, "bin")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("../news", "platform: NAME: \"../news\"; expected a name of letters")]
    [InlineData("obj", "platform: NAME: \"obj\" stands for something else")]
    public async Task New_WithANameThatIsNone_WritesNothing(string name, string refusal)
    {
        var (exitCode, output, errors) = await Command.RunAsync("new", "plugin", name, "--folder", folder);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(refusal, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void Done((int ExitCode, string Output, string Errors) run) => Assert.True(run.ExitCode == 0, $"Not done: {run}");

    private static void Copy(string file, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
        File.Copy(Path.Combine(Repository.Root, file), Path.Combine(to, file));
    }
}
