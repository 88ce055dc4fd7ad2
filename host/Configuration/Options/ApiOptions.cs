namespace Platform.Host.Configuration;

/// <summary>The section <c>api</c>: which plugin answers which app of /api/{app}/{module}/{method}.</summary>
public sealed record ApiOptions
{
    /// <summary><c>apps</c>: the plugin of an app; an app without one goes to the first plugin that answers. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Apps { get; init; } = new Dictionary<string, string>();

    internal static ApiOptions Read(SectionReader section)
    {
        var apps = section.Section("apps");
        var plugins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var app in apps.NamesOf("apps, each with the name of its plugin", Names.TryParsePlugin))
        {
            if (apps.Optional<string>(app, Names.TryParsePlugin) is { } plugin) plugins[app] = plugin;
        }

        section.Close();
        return new() { Apps = plugins };
    }
}
