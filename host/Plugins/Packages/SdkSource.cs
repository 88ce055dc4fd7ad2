namespace Platform.Host.Plugins.Packages;

/// <summary>Where a new plugin's project gets Platform.Sdk from, as a line of its project file. Never copied to the output: the server's own is used.</summary>
/// <param name="ForPlugin">The reference of the plugin.</param>
/// <param name="ForTests">The reference of its tests, which run without a server.</param>
public sealed record SdkSource(string ForPlugin, string ForTests)
{
    private const string ProjectFile = "Platform.Sdk.csproj";

    /// <summary>The project in this folder.</summary>
    /// <param name="sdk">The folder that holds Platform.Sdk.csproj.</param>
    /// <param name="target">The new plugin's folder: the reference is written from there.</param>
    /// <exception cref="PackageException">It is not there.</exception>
    public static SdkSource Project(string sdk, string target)
    {
        var file = Path.Combine(Path.GetFullPath(sdk), ProjectFile);
        if (!File.Exists(file)) throw new PackageException($"--sdk: no {ProjectFile} in {Path.GetFullPath(sdk)}; expected the folder sdk of the server's sources.");
        return new(
            $"""<ProjectReference Include="{From(target, file)}" Private="false" ExcludeAssets="runtime" />""",
            $"""<ProjectReference Include="{From(Path.Combine(target, "x.Tests"), file)}" />""");
    }

    /// <summary>The package of this version.</summary>
    public static SdkSource Package(string version) => new(
        $"""<PackageReference Include="Platform.Sdk" Version="{Escaped(version)}" ExcludeAssets="runtime" />""",
        $"""<PackageReference Include="Platform.Sdk" Version="{Escaped(version)}" />""");

    /// <summary>What is nearest: a folder <c>sdk</c> upward from the new plugin, else the assembly beside this server.</summary>
    public static SdkSource Nearest(string target)
    {
        for (var folder = Path.GetDirectoryName(target); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "sdk", ProjectFile))) return Project(Path.Combine(folder, "sdk"), target);
        }

        var assembly = Escaped(Path.Combine(AppContext.BaseDirectory, "Platform.Sdk.dll"));
        return new(Reference(assembly, "false"), Reference(assembly, "true"));
    }

    private static string Reference(string assembly, string copied) => $"""<Reference Include="Platform.Sdk" HintPath="{assembly}" Private="{copied}" />""";

    private static string From(string folder, string file) => Escaped(Path.GetRelativePath(folder, file).Replace('\\', '/'));

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);
}
