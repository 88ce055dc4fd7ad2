using System.Text;
using Platform.Host.Plugins;

namespace Platform.Host.Tests.Plugins;

/// <summary>The files of a plugin: which they are, and that those of one moment are loaded.</summary>
public sealed class PluginFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pf-files-").FullName;

    [Theory]
    [InlineData("content/data/list.json", true)]
    [InlineData("content/deep/down/page.md", true)]
    [InlineData("data/written", false)]
    [InlineData("obj/project.assets.json", false)]
    [InlineData("lib/node_modules/x/index.js", false)]
    [InlineData("lib/__pycache__/x.pyc", false)]
    [InlineData(".git/HEAD", false)]
    [InlineData("news.Tests/bin/news.Tests.dll", false)]
    public void Files_OfAPlugin_AreNotWhatItWritesNorWhatToolsLeave(string name, bool isPlugin)
    {
        Write(name, "x");
        Assert.Equal(isPlugin ? [Path.Combine(folder, name)] : [], PluginTree.Files(folder));
    }

    [Theory]
    [InlineData("bin/de/news.resources.dll", true)]
    [InlineData("bin/runtimes/linux-x64/native/libnews.so", true)]
    [InlineData("bin/news.deps.json", true)]
    [InlineData("plugin.yaml", true)]
    [InlineData("content/list.json", false)]
    [InlineData("data/written.dll", false)]
    public void Fingerprint_ChangesWithWhatCodeIsLoadedFrom_AndWithNothingElse(string name, bool isCode)
    {
        var source = Source();
        Write(name, "another");
        Assert.Equal(isCode, PluginFolder.FingerprintOf(source) != source.Fingerprint);
    }

    [Fact]
    public void Binaries_AreThoseOfTheMomentTheyWereRead_EachHandedOverOnce()
    {
        Write("bin/part.dll", "part 1");
        var source = Source();
        var binaries = PluginBinaries.Read(source);
        Write("bin/part.dll", "half of pa");
        Write("bin/late.dll", "came later");
        File.Delete(source.AssemblyPath);
        Assert.Equal("news 1", Text(binaries.Take(source.AssemblyPath)));
        Assert.Equal("part 1", Text(binaries.Take(Path.Combine(folder, "bin/part.dll"))));
        Assert.Null(binaries.Take(Path.Combine(folder, "bin/part.dll")));
        Assert.Null(binaries.Take(Path.Combine(folder, "bin/late.dll")));
    }

    [Fact]
    public void Binaries_ThatAreOthersThanTheOnesLookedAt_AreRefused()
    {
        Write("bin/part.dll", "part 1");
        var source = Source();
        Write("bin/part.dll", "half of par");
        Assert.Contains("written to while they were read", Assert.Throws<PluginStartException>(() => PluginBinaries.Read(source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_ThatAreLinks_AreReadLikeOthers_AndLeadingElsewhereIsAChange()
    {
        Write("one/part.dll", "part 1");
        Write("two/part.dll", "part 2");
        var link = Path.Combine(folder, "bin/part.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.Combine(folder, "one/part.dll"));
        var source = Source();
        Assert.Equal("part 1", Text(PluginBinaries.Read(source).Take(link)));
        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Combine(folder, "two/part.dll"));
        Assert.NotEqual(source.Fingerprint, PluginFolder.FingerprintOf(source));
    }

    [Fact]
    public void NativeLibrary_IsLoadedFromACopy_WithThoseBesideItInReach_AndTheCopyGoes()
    {
        Write("bin/libnews.so", "native 1");
        Write("bin/libpart.so.2", "part 1");
        var binaries = PluginBinaries.Read(Source());
        Write("bin/libnews.so", "written over");
        string? copy = null;
        var handle = binaries.Load(Path.Combine(folder, "bin/libnews.so"), path =>
        {
            copy = path;
            Assert.Equal(("native 1", "part 1"), (File.ReadAllText(path), File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "libpart.so.2"))));
            return 7;
        });
        Assert.Equal(7, handle);
        Assert.False(Directory.Exists(Path.GetDirectoryName(copy)), "The copy of a native library stayed.");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private PluginSource Source()
    {
        Write("bin/news.dll", "news 1");
        var source = new PluginSource("news", Path.Combine(folder, "bin/news.dll"), folder, IsBare: false, "");
        return source with { Fingerprint = PluginFolder.FingerprintOf(source) };
    }

    private void Write(string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
