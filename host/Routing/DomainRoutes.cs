namespace Platform.Host.Routing;

/// <summary>What holds for a host: its theme, and its routes with the static ones behind them.</summary>
public sealed class DomainRoutes
{
    private readonly PathTable own;
    private readonly PathTable shared;

    internal DomainRoutes(string name, string theme, IReadOnlyList<Route> routes, PathTable own, PathTable shared) =>
        (Name, Theme, Routes, this.own, this.shared) = (name, theme, routes, own, shared);

    /// <summary>The domain as written in routes.json, in lower case; empty for hosts that no domain matches.</summary>
    public string Name { get; }

    /// <summary>The theme.</summary>
    public string Theme { get; }

    /// <summary>The domain's own routes in force, in the order written.</summary>
    public IReadOnlyList<Route> Routes { get; }

    /// <summary>Finds the route of a request.</summary>
    /// <param name="method">The method in capitals.</param>
    /// <param name="path">The canonical path: decoded once, a slash at the beginning, none at the end.</param>
    public RouteMatch Match(string method, string path)
    {
        if (!path.StartsWith('/')) return RouteMatch.None;
        var allowed = Methods.None;
        var route = own.Find(method, path, ref allowed) ?? shared.Find(method, path, ref allowed);
        if (route is not null) return RouteMatch.Found(route, PathTable.Capture(route, path));
        return allowed == Methods.None ? RouteMatch.None : RouteMatch.NotAllowed(allowed);
    }
}
