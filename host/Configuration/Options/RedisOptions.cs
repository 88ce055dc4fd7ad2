namespace Platform.Host.Configuration;

/// <summary>The section <c>redis</c>: the Redis that several servers share. The site runs without it, also when it goes away.</summary>
public sealed record RedisOptions
{
    /// <summary><c>connection</c>: where Redis is, host:port, several separated by commas; empty for no Redis. Default: empty.</summary>
    public IReadOnlyList<HostPort> Endpoints { get; init; } = [];

    /// <summary><c>password</c>: Default: none.</summary>
    public Secret Password { get; init; } = Secret.None;

    /// <summary><c>database</c>: the database's number, 0 to 15. Default: 0.</summary>
    public int Database { get; init; }

    /// <summary><c>timeout_ms</c>: how long an answer may take before the page is made without it, 1 to 10,000 ms. Default: 50 ms.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary><c>prefix</c>: the beginning of every key and channel; servers with the same one share their pages. Default: platform.</summary>
    public string Prefix { get; init; } = "platform";

    /// <summary>True where a Redis is named.</summary>
    public bool IsConfigured => Endpoints.Count > 0;

    internal static RedisOptions Read(SectionReader section)
    {
        var fallback = new RedisOptions();
        var options = new RedisOptions
        {
            Endpoints = section.Joined<HostPort>("connection", HostPort.TryParse),
            Password = section.Secret("password"),
            Database = section.Number("database", fallback.Database, 0, 15),
            Timeout = TimeSpan.FromMilliseconds(section.Number("timeout_ms", (int)fallback.Timeout.TotalMilliseconds, 1, 10_000, "milliseconds")),
            Prefix = section.Value("prefix", fallback.Prefix, Names.TryParsePrefix),
        };
        section.Close();
        return options;
    }
}
