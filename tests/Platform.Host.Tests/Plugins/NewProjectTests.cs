using System.Text.RegularExpressions;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Tests.Plugins;

/// <summary>The project of a new plugin, as it is written; that it builds is shown by running it.</summary>
public sealed partial class NewProjectTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pf-new-").FullName;

    [Fact]
    public void Write_OfAnyName_FillsEveryPlace()
    {
        var target = Path.Combine(root, "my-news.2");
        var files = NewProject.Write(ProjectTemplate.CSharp, "my-news.2", target, SdkSource.Package("1.2.3"));
        Assert.Equal([".gitignore", "Directory.Build.props", "MyNews2Plugin.cs", "my-news.2.Tests/MyNews2PluginTests.cs", "my-news.2.Tests/my-news.2.Tests.csproj", "my-news.2.csproj", "plugin.yaml", "templates/my-news.2.html"], files);
        Assert.All(files, file => Assert.DoesNotContain("__", File.ReadAllText(Path.Combine(target, file)), StringComparison.Ordinal));
        Assert.Contains("""<PackageReference Include="Platform.Sdk" Version="1.2.3" ExcludeAssets="runtime" />""", File.ReadAllText(Path.Combine(target, "my-news.2.csproj")), StringComparison.Ordinal);
        Assert.Contains("there is something already", Assert.Throws<PackageException>(() => NewProject.Write(ProjectTemplate.CSharp, "my-news.2", target, SdkSource.Package("1"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("news", "News")]
    [InlineData("my-news", "MyNews")]
    [InlineData("a_b.c", "ABC")]
    [InlineData("7up", "The7up")]
    [InlineData("-", "The")]
    public void Words_OfAName_AreOneOfCSharp(string name, string words) => Assert.Equal(words, NewProject.Words(name));

    [Fact]
    public void Tests_OfANewPlugin_UseThePackagesOfThisRepository()
    {
        var repository = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("/tests/", StringComparison.Ordinal)];
        var here = File.ReadAllText(Path.Combine(repository, "Directory.Packages.props"));
        var written = ProjectTemplate.CSharp.Files(new Dictionary<string, string>()).Single(file => file.Key.EndsWith("Tests.csproj", StringComparison.Ordinal)).Value;
        var packages = Package().Matches(written).Select(match => match.Value).ToList();
        Assert.Equal(3, packages.Count);
        Assert.All(packages, package => Assert.Contains(package, here, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [GeneratedRegex("Include=\"[^\"]+\" Version=\"[^\"]+\"")]
    private static partial Regex Package();
}
