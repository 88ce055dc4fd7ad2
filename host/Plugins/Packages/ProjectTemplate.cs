using System.Reflection;

namespace Platform.Host.Plugins.Packages;

/// <summary>The files of a new plugin, by kind of project; they come with the server. In paths and texts <c>__key__</c> stands for a value.</summary>
public sealed class ProjectTemplate(string kind)
{
    private const string Suffix = ".template";

    private static readonly Assembly Server = typeof(ProjectTemplate).Assembly;

    /// <summary>A plugin in C#.</summary>
    public static ProjectTemplate CSharp { get; } = new("csharp");

    /// <summary>The files, by path from the plugin's folder.</summary>
    /// <param name="values">What is put in, by key.</param>
    public SortedDictionary<string, string> Files(IReadOnlyDictionary<string, string> values)
    {
        var (prefix, files) = ($"Project/{kind}/", new SortedDictionary<string, string>(StringComparer.Ordinal));
        foreach (var resource in Server.GetManifestResourceNames().Select(name => (Name: name, Path: name.Replace('\\', '/'))))
        {
            if (!resource.Path.StartsWith(prefix, StringComparison.Ordinal)) continue;
            using var text = new StreamReader(Server.GetManifestResourceStream(resource.Name)!);
            files[Filled(resource.Path[prefix.Length..^Suffix.Length], values)] = Filled(text.ReadToEnd(), values);
        }

        return files;
    }

    private static string Filled(string text, IReadOnlyDictionary<string, string> values) =>
        values.Aggregate(text, (filled, value) => filled.Replace($"__{value.Key}__", value.Value, StringComparison.Ordinal));
}
