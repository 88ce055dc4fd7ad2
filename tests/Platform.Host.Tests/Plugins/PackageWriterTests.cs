using System.IO.Compression;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Tests.Plugins;

/// <summary>What of a plugin's folder goes into its package.</summary>
public sealed class PackageWriterTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pf-pack-").FullName;

    private string Plugin => Path.Combine(root, "news");

    [Fact]
    public void Write_OfABuiltPlugin_TakesWhatItNeeds_AndNothingOfWhatItIsMade()
    {
        Files("plugin.yaml=name: news\nversion: 1.2.0", "bin/news.dll", "bin/news.pdb", "bin/news.deps.json", "bin/ref/news.dll", "bin/runtimes/linux-x64/native/lib.so", "bin/Platform.Sdk.dll", "bin/Platform.Sdk.xml",
            "News.cs", "news.csproj", "Directory.Build.props", "obj/x.json", "data/users.db", ".git/config", ".hidden", "news.Tests/bin/x.dll", "news.Tests/NewsTests.cs", "news-1.1.0.zip",
            "templates/news.html", "wwwroot/news.css", "content/data/a.md", "node_modules/a/index.js", "node_modules/.bin/a", "Api/News.cs");
        var output = Path.Combine(root, "out.zip");
        var packed = PackageWriter.Write(Plugin, output);
        Assert.Equal(("news", "1.2.0", output), (packed.Name, packed.Version, packed.File));
        string[] expected = ["content/data/a.md", "news.deps.json", "news.dll", "news.pdb", "node_modules/a/index.js", "plugin.yaml", "runtimes/linux-x64/native/lib.so", "templates/news.html", "wwwroot/news.css"];
        using (var archive = ZipFile.OpenRead(output)) Assert.Equal(expected.Select(file => "news/" + file), archive.Entries.Select(entry => entry.FullName));

        var first = File.ReadAllBytes(output);
        foreach (var file in Directory.GetFiles(Plugin, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(40));
        PackageWriter.Write(Plugin, output);
        Assert.Equal(first, File.ReadAllBytes(output));

        using var staged = PackageStaging.Open(output, Directory.CreateDirectory(Path.Combine(root, "plugins")).FullName);
        Assert.Equal(expected, Directory.GetFiles(staged.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(staged.Folder, file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_OfAPluginThatACommandStarts_NeedsNoAssembly()
    {
        Files("plugin.yaml=name: news\nversion: 1.0.0\ncommand: [node, plugin.mjs]", "plugin.mjs", "node_modules/a/index.js", "bin/tool.js");
        var output = Path.Combine(root, "out.zip");
        PackageWriter.Write(Plugin, output);
        using var staged = PackageStaging.Open(output, Directory.CreateDirectory(Path.Combine(root, "plugins")).FullName);
        Assert.Equal(["bin/tool.js", "node_modules/a/index.js", "plugin.mjs", "plugin.yaml"], Directory.GetFiles(staged.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(staged.Folder, file)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("no plugin.yaml", "bin/news.dll")]
    [InlineData("name: missing", "plugin.yaml=version: 1.0.0", "bin/news.dll")]
    [InlineData("plugin.yaml(1,1): naem: unknown key", "plugin.yaml=naem: news", "bin/news.dll")]
    [InlineData("no assembly news.dll in it or in its bin/", "plugin.yaml=name: news")]
    [InlineData("no assembly other.dll", "plugin.yaml=name: other", "bin/news.dll")]
    [InlineData("stands for something else", "plugin.yaml=name: obj", "bin/obj.dll")]
    [InlineData("its version is \"\"", "plugin.yaml=name: news", "bin/news.dll")]
    [InlineData("its version is \"1/2\"", "plugin.yaml=name: news\nversion: 1/2", "bin/news.dll")]
    [InlineData("':' in a name", "plugin.yaml=name: news\nversion: 1.0.0", "bin/news.dll", "content/a:b.md")]
    public void Write_OfWhatCanNotBeInstalled_SaysWhy_AndWritesNothing(string refusal, params string[] files)
    {
        Files(files);
        var exception = Assert.Throws<PackageException>(() => PackageWriter.Write(Plugin, Path.Combine(root, "out.zip")));
        Assert.Contains(refusal, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["news"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Files(params string[] files)
    {
        foreach (var file in files.Select(file => file.Split('=')))
        {
            var path = Path.Combine(Plugin, file[0]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Length > 1 ? file[1] : "x");
        }
    }
}
