namespace Platform.Host.Configuration;

/// <summary>For whom the server runs, which decides what an error page shows.</summary>
public enum ServerEnvironment
{
    /// <summary>Visitors: an error page shows an incident id.</summary>
    Production,

    /// <summary>Authors: an error page shows what went wrong, and where.</summary>
    Development,
}

/// <summary>The section <c>server</c>: where the server listens, and its limits.</summary>
public sealed record ServerOptions
{
    /// <summary><c>urls</c>: where to listen; one or a list of http://host:port, port 0 for any free one. Default: http://localhost:8080.</summary>
    public IReadOnlyList<ListenUrl> Urls { get; init; } = [new("localhost", 8080)];

    /// <summary><c>environment</c>: production or development. Default: production.</summary>
    public ServerEnvironment Environment { get; init; }

    /// <summary><c>max_connections</c>: connections open at once, 1 to 1,000,000. Default: 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary><c>max_body_kb</c>: the largest request body in bytes; 1 to 1,048,576 KB. Default: 1,024 KB.</summary>
    public long MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary><c>shutdown_seconds</c>: how long requests in flight may take to finish when the server stops, 0 to 3,600 s. Default: 30 s.</summary>
    public TimeSpan Shutdown { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>trusted_proxies</c>: addresses and networks whose X-Forwarded-For is believed. Default: none.</summary>
    public NetworkSet TrustedProxies { get; init; } = NetworkSet.Empty;

    /// <summary><c>data_folder</c>: what the server itself writes: its generated secret, its control socket. Default: data.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary><c>inline_hits</c>: whether a stored page is answered on the thread that the network wakes; Linux only, elsewhere it changes nothing. Default: true.</summary>
    public bool InlineHits { get; init; } = true;

    /// <summary><c>content_security_policy</c>: the header of that name on every page; empty for none.</summary>
    public string ContentSecurityPolicy { get; init; } = "frame-ancestors 'self'; base-uri 'self'; object-src 'none'; form-action 'self'";

    internal static ServerOptions Read(SectionReader section)
    {
        var fallback = new ServerOptions();
        var options = new ServerOptions
        {
            Urls = section.List<ListenUrl>("urls", fallback.Urls, ListenUrl.TryParse, allowsOne: true, allowsNone: false),
            Environment = section.Choice("environment", fallback.Environment, ("production", ServerEnvironment.Production), ("development", ServerEnvironment.Development)),
            MaxConnections = section.Number("max_connections", fallback.MaxConnections, 1, 1_000_000, "connections"),
            MaxBodyBytes = section.Number("max_body_kb", (int)(fallback.MaxBodyBytes / 1024), 1, 1_048_576, "kilobytes") * 1024L,
            Shutdown = TimeSpan.FromSeconds(section.Number("shutdown_seconds", (int)fallback.Shutdown.TotalSeconds, 0, 3600, "seconds")),
            TrustedProxies = new(section.List<Network>("trusted_proxies", [], Network.TryParse)),
            DataFolder = section.Value("data_folder", fallback.DataFolder, Names.TryParseFile),
            InlineHits = section.Flag("inline_hits", fallback.InlineHits),
            ContentSecurityPolicy = section.Value("content_security_policy", fallback.ContentSecurityPolicy, Names.TryParseHeader),
        };
        if (options.Urls.Where(url => url.Port > 0).GroupBy(url => url).FirstOrDefault(urls => urls.Count() > 1) is { Key: var twice }) section.Refuse("urls", $"{twice} twice; expected each once. Remove one.");
        section.Close();
        return options;
    }
}
