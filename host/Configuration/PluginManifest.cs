using Platform.Sdk;

namespace Platform.Host.Configuration;

/// <summary>A plugin's own plugin.yaml: what it says of itself, and the defaults of its settings. Every key is optional.</summary>
public sealed record PluginManifest
{
    /// <summary>What a plugin without the file says.</summary>
    public static PluginManifest Empty { get; } = new();

    /// <summary><c>name</c>: the plugin's name.</summary>
    public string? Name { get; init; }

    /// <summary><c>version</c>: its version, as text.</summary>
    public string? Version { get; init; }

    /// <summary><c>description</c>: a line on what it does.</summary>
    public string? Description { get; init; }

    /// <summary><c>provides</c>: the keys of the data that it gives to pages, <c>items[].title</c> for those of a list; null where it does not say.</summary>
    public IReadOnlyList<string>? Provides { get; init; }

    /// <summary><c>settings</c>: the defaults of its settings.</summary>
    public DataMap Settings { get; init; } = new();

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">How problems call it: <c>plugins/news/plugin.yaml</c>.</param>
    /// <param name="problems">Where problems go.</param>
    /// <returns>The manifest; null where there are problems.</returns>
    public static PluginManifest? Read(string path, string name, ICollection<Problem> problems)
    {
        var found = new List<Problem>();
        var source = SourceText.Load(path, name, DocumentLimits.Configuration, found);
        var root = source is null ? null : YamlTree.Read(source, DocumentLimits.Configuration, found);
        var manifest = root is null ? null : Read(new SectionReader(root, "", found));
        foreach (var problem in found) problems.Add(problem);
        return found.Count == 0 ? manifest : null;
    }

    /// <summary>The settings in force: these, and over them what config.yaml says.</summary>
    public DataMap SettingsUnder(PluginEntry entry) => SettingsValue.Overlay(Settings, entry.Settings);

    private static IReadOnlyList<string>? ReadProvides(SectionReader section)
    {
        var keys = section.List<string>("provides", [], Names.TryParseDataKey);
        if (keys.GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            section.Refuse("provides", $"\"{twice}\" is there twice; expected each key once. Remove one.");
        return section.Has("provides") ? keys : null;
    }

    private static PluginManifest Read(SectionReader section)
    {
        var manifest = new PluginManifest
        {
            Name = section.Optional<string>("name", Names.TryParsePlugin),
            Version = section.Optional<string>("version", Names.TryParseLine),
            Description = section.Optional<string>("description", Names.TryParseLine),
            Provides = ReadProvides(section),
            Settings = SettingsValue.MapOf(section.Ask("settings"), "settings", section.Problems),
        };
        section.Close();
        return manifest;
    }
}
