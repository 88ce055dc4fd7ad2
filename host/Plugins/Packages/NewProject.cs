namespace Platform.Host.Plugins.Packages;

/// <summary>Writes the project of a new plugin, which builds as it stands.</summary>
public static class NewProject
{
    /// <summary>Writes it.</summary>
    /// <param name="template">Which kind.</param>
    /// <param name="name">The plugin's name.</param>
    /// <param name="target">Its folder; made where it is missing, refused where it holds anything.</param>
    /// <param name="sdk">Where Platform.Sdk comes from.</param>
    /// <returns>The files, from the folder.</returns>
    /// <exception cref="PackageException">Nothing is written.</exception>
    public static IReadOnlyCollection<string> Write(ProjectTemplate template, string name, string target, SdkSource sdk)
    {
        if (!PackageName.IsPossible(name, out var complaint)) throw new PackageException($"NAME: {complaint}");
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new PackageException($"{target}: there is something already; expected no such folder, or an empty one. Choose another name, or remove it.");

        var words = Words(name);
        var files = template.Files(new Dictionary<string, string>
        {
            ["name"] = name,
            ["class"] = words + "Plugin",
            ["namespace"] = "Plugins." + words,
            ["sdk"] = sdk.ForPlugin,
            ["testsdk"] = sdk.ForTests,
        });
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return files.Keys;
    }

    /// <summary>The name as one of C#: <c>my-news.2</c> is <c>MyNews2</c>.</summary>
    internal static string Words(string name)
    {
        var words = string.Concat(name.Split('-', '_', '.').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return words.Length > 0 && char.IsAsciiLetter(words[0]) ? words : "The" + words;
    }
}
