using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>routes.json as written: domains, each with a theme and its routes.</summary>
public sealed record RoutesDefinition
{
    /// <summary><c>default_theme</c>: the theme of a host that no domain matches. Default: default.</summary>
    public string DefaultTheme { get; init; } = "default";

    /// <summary><c>domains</c>, in the order written.</summary>
    public IReadOnlyList<DomainDefinition> Domains { get; init; } = [];

    /// <summary><c>static_routes</c>: routes of every host, asked after the domain's own.</summary>
    public IReadOnlyList<RouteDefinition> StaticRoutes { get; init; } = [];
}

/// <summary>One entry of <c>domains</c> as written.</summary>
public sealed record DomainDefinition
{
    /// <summary><c>domain</c>: a host, or <c>*.suffix</c> for all hosts below one.</summary>
    public required string Domain { get; init; }

    /// <summary><c>theme</c>; where left out <c>default_theme</c>.</summary>
    public required string Theme { get; init; }

    /// <summary><c>routes</c>, in the order written.</summary>
    public IReadOnlyList<RouteDefinition> Routes { get; init; } = [];

    /// <summary>Where the domain is written.</summary>
    public required Position At { get; init; }
}

/// <summary>One route as written.</summary>
public sealed record RouteDefinition
{
    /// <summary><c>path</c>: literal segments, <c>{name}</c> for one, <c>{*name}</c> for the rest.</summary>
    public required string Path { get; init; }

    /// <summary><c>method</c>: GET (HEAD follows), POST, PUT, PATCH, DELETE, or <c>*</c> for all. Default: GET.</summary>
    public string Method { get; init; } = "GET";

    /// <summary><c>handler</c>: the name handed to the plugins; null: the path of the URL.</summary>
    public string? Handler { get; init; }

    /// <summary><c>template</c>: a template's name, or <c>json</c> for the data as JSON; null: found by the path, or named by a plugin.</summary>
    public string? Template { get; init; }

    /// <summary><c>enabled</c>: whether the route is in force. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>description</c>: for people.</summary>
    public string? Description { get; init; }

    /// <summary><c>redirect</c>: where to send the visitor instead; a path on this server or an http(s) URL, with the pattern's <c>{name}</c>s.</summary>
    public string? Redirect { get; init; }

    /// <summary><c>status</c> of the redirect: 301, 302, 307 or 308. Default: 302.</summary>
    public int Status { get; init; } = 302;

    /// <summary><c>cache</c>: how the page is kept.</summary>
    public RouteCache Cache { get; init; } = RouteCache.Default;

    /// <summary><c>auth</c>: who may see it; null: everybody.</summary>
    public RouteAuth? Auth { get; init; }

    /// <summary><c>content_type</c>: the response's; null: text/html.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where the path is written.</summary>
    public required Position At { get; init; }

    /// <summary>The path's place in the file, for problems: <c>domains[0].routes[3].path</c>.</summary>
    public required string Name { get; init; }
}

/// <summary>How a route's page is kept.</summary>
/// <param name="IsEnabled">False: never kept.</param>
/// <param name="TimeToLive">How long; null: as <c>cache.ttl</c> says.</param>
/// <param name="VaryQuery">The query parameters that make different pages; no other is shown to the page. Null: all that are not ignored.</param>
public sealed record RouteCache(bool IsEnabled, TimeSpan? TimeToLive, IReadOnlyList<string>? VaryQuery)
{
    /// <summary>Kept as config.yaml says.</summary>
    public static RouteCache Default { get; } = new(true, null, null);

    /// <summary>Never kept.</summary>
    public static RouteCache Off { get; } = new(false, null, null);
}

/// <summary>Who may see a route's page: visitors who have signed in and hold all of the permissions.</summary>
/// <param name="Permissions">None: whoever has signed in.</param>
public sealed record RouteAuth(IReadOnlyList<string> Permissions);
