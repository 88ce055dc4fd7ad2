namespace Platform.Host.Generations;

/// <summary>Where things lie in a site; every name is fixed, only the root differs.</summary>
public sealed class SiteFolder
{
    /// <summary>The site of a config.yaml.</summary>
    public SiteFolder(string configFile)
    {
        ConfigFile = Path.GetFullPath(configFile);
        Root = Path.GetDirectoryName(ConfigFile)!;
    }

    /// <summary>The full path of config.yaml.</summary>
    public string ConfigFile { get; }

    /// <summary>The folder that holds it.</summary>
    public string Root { get; }

    /// <summary>routes.json.</summary>
    public string RoutesFile => Path.Combine(Root, "routes.json");

    /// <summary>The plugins.</summary>
    public string Plugins => Path.Combine(Root, "plugins");

    /// <summary>What visitors can see, and the templates.</summary>
    public string WwwRoot => Path.Combine(Root, "wwwroot");

    /// <summary>The templates.</summary>
    public string Templates => Path.Combine(WwwRoot, "templates");

    /// <summary>A path as a person knows it, from the root.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
