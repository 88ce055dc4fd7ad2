namespace Platform.Host.Configuration;

/// <summary>config.yaml, checked and complete: what was left out has its default.</summary>
public sealed record SiteOptions
{
    /// <summary>The full path of config.yaml.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>The site root: the folder of config.yaml, where every relative path starts.</summary>
    public string Root => Path.GetDirectoryName(ConfigPath)!;

    /// <summary>Where the server listens, and its limits.</summary>
    public ServerOptions Server { get; init; } = new();

    /// <summary>Who may come in.</summary>
    public IpAccessOptions IpAccess { get; init; } = new();

    /// <summary>How pages are kept.</summary>
    public CacheOptions Cache { get; init; } = new();

    /// <summary>The Redis that several servers share.</summary>
    public RedisOptions Redis { get; init; } = new();

    /// <summary>How templates are rendered.</summary>
    public TemplateOptions Templates { get; init; } = new();

    /// <summary>How plugins are called.</summary>
    public PluginOptions Plugins { get; init; } = new();

    /// <summary>Which plugin answers which app of the API.</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>Signing in.</summary>
    public AuthOptions Auth { get; init; } = new();

    /// <summary>What is logged, and where.</summary>
    public LoggingOptions Logging { get; init; } = new();

    /// <summary>The full path of a path that the configuration names.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Root);

    internal static SiteOptions Read(SectionReader site, string configPath)
    {
        // Asked for in the file's order, in which a problem lists them; the cache's default depends on Redis.
        var (server, access, cache) = (site.Section("server"), site.Section("ip_access_control"), site.Section("cache"));
        var redis = RedisOptions.Read(site.Section("redis"));
        var options = new SiteOptions
        {
            ConfigPath = configPath,
            Server = ServerOptions.Read(server),
            IpAccess = IpAccessOptions.Read(access),
            Redis = redis,
            Cache = CacheOptions.Read(cache, redis),
            Templates = TemplateOptions.Read(site.Section("templates")),
            Plugins = PluginOptions.Read(site.Section("plugins")),
            Api = ApiOptions.Read(site.Section("api")),
            Auth = AuthOptions.Read(site.Section("auth")),
            Logging = LoggingOptions.Read(site.Section("logging")),
        };
        site.Close();
        return options;
    }
}
