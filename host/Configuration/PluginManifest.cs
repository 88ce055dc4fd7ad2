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

    /// <summary><c>sdk</c>: the versions of Platform.Sdk it was made for; null: any of the major it was built against.</summary>
    public VersionRange? Sdk { get; init; }

    /// <summary><c>command</c>: what starts it, where it is no assembly; empty: it is one.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary><c>requires</c>: the plugins it needs.</summary>
    public IReadOnlyList<PluginRequirement> Requires { get; init; } = [];

    /// <summary><c>provides</c>: what it gives.</summary>
    public PluginProvides Provides { get; init; } = PluginProvides.Nothing;

    /// <summary><c>probe</c>: the path whose data a new version must give before it takes over; null: none is asked for.</summary>
    public string? Probe { get; init; }

    /// <summary><c>rights</c>: what it wants to use.</summary>
    public PluginRights Rights { get; init; } = PluginRights.None;

    /// <summary><c>settings</c>: the settings it knows.</summary>
    public SettingsSchema Settings { get; init; } = SettingsSchema.Any;

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

    private static PluginManifest Read(SectionReader section)
    {
        var manifest = new PluginManifest
        {
            Name = section.Optional<string>("name", Names.TryParsePlugin),
            Version = section.Optional<string>("version", Names.TryParseLine),
            Description = section.Optional<string>("description", Names.TryParseLine),
            Sdk = section.Optional<VersionRange>("sdk", VersionRange.TryParse),
            Command = section.List<string>("command", [], Names.TryParseArgument, allowsNone: false),
            Requires = section.List<PluginRequirement>("requires", [], PluginRequirement.TryParse),
            Provides = PluginProvides.Read(section),
            Probe = section.Optional<string>("probe", Names.TryParseLocalPath),
            Rights = PluginRights.Read(section.Section("rights")),
            Settings = SettingsSchema.Read(section),
        };
        section.Close();
        return manifest;
    }
}
