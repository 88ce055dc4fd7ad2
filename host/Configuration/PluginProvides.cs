namespace Platform.Host.Configuration;

/// <summary>What a plugin says it gives.</summary>
/// <param name="Data">The keys of its data, <c>items[].title</c> for those of a list; null where it does not say.</param>
/// <param name="Apps">The API apps it answers.</param>
/// <param name="Helpers">The helpers it brings for templates.</param>
public sealed record PluginProvides(IReadOnlyList<string>? Data, IReadOnlyList<string> Apps, IReadOnlyList<string> Helpers)
{
    /// <summary>It does not say.</summary>
    public static PluginProvides Nothing { get; } = new(null, [], []);

    /// <summary>Reads <c>provides</c>: a list of data keys, or a map with <c>data</c>, <c>api</c> and <c>helpers</c>.</summary>
    internal static PluginProvides Read(SectionReader manifest)
    {
        if (manifest.Ask("provides") is not { Kind: NodeKind.Map }) return Nothing with { Data = Keys(manifest, "provides") };
        var section = manifest.Section("provides");
        var provides = new PluginProvides(Keys(section, "data"), section.List<string>("api", [], Names.TryParsePlugin), section.List<string>("helpers", [], Names.TryParseLine));
        section.Close();
        return provides;
    }

    private static IReadOnlyList<string>? Keys(SectionReader section, string key)
    {
        var keys = section.List<string>(key, [], Names.TryParseDataKey);
        if (keys.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            section.Refuse(key, $"\"{twice}\" is there twice; expected each key once. Remove one.");
        return section.Has(key) ? keys : null;
    }
}

/// <summary>What a plugin says it wants to use; shown by <c>platform plugin list</c>, not held against it yet.</summary>
/// <param name="Network">Hosts it calls.</param>
/// <param name="Files">Folders outside its own.</param>
/// <param name="Configuration">Sections of config.yaml.</param>
public sealed record PluginRights(IReadOnlyList<string> Network, IReadOnlyList<string> Files, IReadOnlyList<string> Configuration)
{
    /// <summary>It wants none.</summary>
    public static PluginRights None { get; } = new([], [], []);

    /// <summary>In one line: <c>network: api.example.com; files: /srv/feeds</c>; empty where it wants none.</summary>
    public override string ToString() => string.Join("; ", new[] { ("network", Network), ("files", Files), ("configuration", Configuration) }.Where(right => right.Item2.Count > 0).Select(right => $"{right.Item1}: {string.Join(", ", right.Item2)}"));

    internal static PluginRights Read(SectionReader section)
    {
        var rights = new PluginRights(
            section.List<string>("network", [], Names.TryParseLine),
            section.List<string>("files", [], Names.TryParseFile),
            section.List<string>("configuration", [], Names.TryParseLine));
        section.Close();
        return rights;
    }
}
