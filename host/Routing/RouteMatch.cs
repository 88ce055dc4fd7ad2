namespace Platform.Host.Routing;

/// <summary>What a table says of a method and a path.</summary>
public enum RouteMatchKind
{
    /// <summary>It does not know the path.</summary>
    None,

    /// <summary>It has a route.</summary>
    Found,

    /// <summary>It knows the path under other methods only.</summary>
    MethodNotAllowed,
}

/// <summary>A table's answer.</summary>
public readonly record struct RouteMatch
{
    private readonly RouteValues? values;

    private RouteMatch(RouteMatchKind kind, Route? route, RouteValues? values, string? allow) => (Kind, Route, this.values, Allow) = (kind, route, values, allow);

    /// <summary>The path is not known.</summary>
    public static RouteMatch None => default;

    /// <summary>Which of the three it is.</summary>
    public RouteMatchKind Kind { get; }

    /// <summary>The route where one was found; else null.</summary>
    public Route? Route { get; }

    /// <summary>What the route captured; empty where nothing.</summary>
    public RouteValues Values => values ?? RouteValues.Empty;

    /// <summary>For <see cref="RouteMatchKind.MethodNotAllowed"/> the methods that are, as the header <c>Allow</c> lists them: <c>GET, HEAD</c>. Else null.</summary>
    public string? Allow { get; }

    internal static RouteMatch Found(Route route, RouteValues values) => new(RouteMatchKind.Found, route, values, null);

    internal static RouteMatch NotAllowed(Methods allowed) => new(RouteMatchKind.MethodNotAllowed, null, null, allowed.Header());
}
