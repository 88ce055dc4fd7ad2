using System.IO.Compression;
using System.Text;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Tests.Plugins;

/// <summary>What is taken of a foreign archive, and what is not.</summary>
public sealed class PackageStagingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pf-archives-").FullName;

    private string Plugins => Directory.CreateDirectory(Path.Combine(folder, "a", "b", "c", "plugins")).FullName;

    public static TheoryData<string> Hostile => new(HostileArchives.All.Keys);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Open_OfAHostileArchive_IsRefusedInOneLine_AndLeavesNothing(string archive)
    {
        var (bytes, refusal) = HostileArchives.All[archive];
        var (file, plugins) = (Written(bytes), Plugins);
        var before = Everything();
        var exception = Assert.Throws<PackageException>(() => PackageStaging.Open(file, plugins));
        Assert.Contains(refusal, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(file + ": ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exception.Message, char.IsControl);
        Assert.Equal(before, Everything());
        Assert.False(File.Exists("/tmp/evil"), "A file was written outside.");
    }

    [Theory]
    [InlineData("./run", "run", true)]
    [InlineData("tools/run", "tools/run", true)]
    [InlineData("run", "run", true)]
    [InlineData("node", "run", false)]
    [InlineData("../../../run", "run", false)]
    public void Open_MakesTheFileExecutableThatPluginYamlStarts_AndNoOther(string command, string file, bool isExecutable)
    {
        var archive = Written(new Zip().Add("news/plugin.yaml", $"name: news\ncommand: [\"{command}\"]\n").Add($"news/{file}", "#!/bin/sh\n").Add("news/other", "x").Bytes());
        using var staged = PackageStaging.Open(archive, Plugins);
        Assert.Equal(isExecutable, File.GetUnixFileMode(Path.Combine(staged.Folder, file)).HasFlag(UnixFileMode.UserExecute));
        Assert.False(File.GetUnixFileMode(Path.Combine(staged.Folder, "other")).HasFlag(UnixFileMode.UserExecute), "Another file is executable too.");
    }

    [Fact]
    public void Open_OfAnArchiveCutAtEveryByte_IsRefused()
    {
        var (whole, plugins) = (Zip.Package().Add(new Zip.Entry("news/a.txt", new string('a', 300)) { Method = 8 }).Bytes(), Plugins);
        for (var length = 0; length < whole.Length; length++)
        {
            var file = Written(whole[..length]);
            Assert.Throws<PackageException>(() => PackageStaging.Open(file, plugins));
        }

        Assert.Empty(Directory.GetFileSystemEntries(plugins));
    }

    [Fact]
    public void Open_OfAnArchiveWithAnyByteChanged_WritesNothingOutside()
    {
        var (whole, plugins) = (Zip.Package().Add(new Zip.Entry("news/a.txt", new string('a', 300)) { Method = 8 }).Bytes(), Plugins);
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var mask in new[] { 0x01, 0x20, 0x80, 0xFF })
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= (byte)mask;
                try
                {
                    using var staged = PackageStaging.Open(Written(changed), plugins);
                    Assert.True(PackageName.IsPossible(staged.Name, out _));
                }
                catch (PackageException)
                {
                    // Most are refused; a changed time is nobody's concern.
                }
            }
        }

        Assert.Empty(Directory.GetFileSystemEntries(plugins));
        Assert.Equal(["a", "package.zip"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Open_OfAPackage_WritesItsFiles_NoneExecutable()
    {
        // A comment that looks like the end of another archive.
        var comment = new Zip().Add("../evil").Bytes();
        var zip = new Zip { Comment = [.. comment, 0] }.Add("news/news.dll").Add(new Zip.Entry("news/run.sh") { Mode = 0x89ED }).Add("news/content/ü/über.md", "Grüße").Add(new Zip.Entry("news/big.txt", new string('x', 900_000)) { Method = 8 });
        using (var staged = PackageStaging.Open(Written(zip.Bytes()), Plugins))
        {
            Assert.Equal("news", staged.Name);
            Assert.StartsWith(Path.Combine(Plugins, PackageStaging.Prefix), staged.Folder, StringComparison.Ordinal);
            Assert.Equal("Grüße", File.ReadAllText(Path.Combine(staged.Folder, "content", "ü", "über.md")));
            Assert.Equal(900_000, new FileInfo(Path.Combine(staged.Folder, "big.txt")).Length);
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(staged.Folder, "run.sh")) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.SetUser));
        }

        Assert.Empty(Directory.GetFileSystemEntries(Plugins));
    }

    [Fact]
    public void Open_OfAnArchiveThatWasStreamed_TakesIt()
    {
        // Sizes behind the content, as writers do that can't go back.
        var file = Path.Combine(folder, "streamed.zip");
        using (var bytes = new MemoryStream())
        {
            using (var archive = new ZipArchive(new ForwardOnly(bytes), ZipArchiveMode.Create))
            {
                archive.CreateEntry("news/");
                using var entry = archive.CreateEntry("news/news.dll").Open();
                entry.Write(Encoding.UTF8.GetBytes("an assembly"));
            }

            File.WriteAllBytes(file, bytes.ToArray());
        }

        using var staged = PackageStaging.Open(file, Plugins);
        Assert.Equal("an assembly", File.ReadAllText(Path.Combine(staged.Folder, "news.dll")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Written(byte[] bytes)
    {
        var file = Path.Combine(folder, "package.zip");
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private string[] Everything() => [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order()];

    private sealed class ForwardOnly(Stream to) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => to.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => to.Write(buffer, offset, count);
    }
}
