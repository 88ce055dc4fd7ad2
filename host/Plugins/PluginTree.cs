using System.IO.Enumeration;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Plugins;

/// <summary>Which files of a plugin's folder are the plugin: not what it writes, not what tools and tests have left there.</summary>
public static class PluginTree
{
    /// <summary>Where a plugin writes, in its own folder.</summary>
    public const string Data = "data";

    /// <summary>True for a folder that holds nothing of a plugin, however deep it lies.</summary>
    public static bool IsOfOthers(ReadOnlySpan<char> folder) => folder is "obj" or "node_modules" or "__pycache__" || folder.StartsWith(".") || PackageName.IsTests(folder);

    /// <summary>The full paths of the files, in no order; a file that is a link counts, a folder that is one is not looked into, what can't be read is left out.</summary>
    public static IEnumerable<string> Files(string folder) => new FileSystemEnumerable<string>(
        folder,
        (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && !entry.FileName.StartsWith("."),
        ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !IsOfOthers(entry.FileName) && !(entry.FileName is Data && entry.Directory.SequenceEqual(entry.RootDirectory)),
    };
}
