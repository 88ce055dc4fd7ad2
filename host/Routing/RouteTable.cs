using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>routes.json in force: by host, then by path. Never changed once built.</summary>
public sealed class RouteTable
{
    private readonly Dictionary<string, DomainRoutes>.AlternateLookup<ReadOnlySpan<char>> hosts;
    private readonly Dictionary<string, DomainRoutes>.AlternateLookup<ReadOnlySpan<char>> suffixes;

    private RouteTable(IReadOnlyList<DomainRoutes> domains, DomainRoutes other, IReadOnlyList<Route> staticRoutes)
    {
        (Domains, Other, StaticRoutes) = (domains, other, staticRoutes);
        hosts = Lookup(domains.Where(domain => !domain.Name.StartsWith('*')), skip: 0);
        suffixes = Lookup(domains.Where(domain => domain.Name.StartsWith('*')), skip: "*.".Length);
    }

    /// <summary>A table without domains and routes, with the theme "default".</summary>
    public static RouteTable Empty { get; } = Build(new(), [])!;

    /// <summary>The domains, in the order written.</summary>
    public IReadOnlyList<DomainRoutes> Domains { get; }

    /// <summary>What holds for hosts that no domain matches: the default theme and the static routes.</summary>
    public DomainRoutes Other { get; }

    /// <summary>The routes of every host, in the order written.</summary>
    public IReadOnlyList<Route> StaticRoutes { get; }

    /// <summary>Builds the table; null where there are problems.</summary>
    public static RouteTable? Build(RoutesDefinition definition, ICollection<Problem> problems)
    {
        var before = problems.Count;
        var (staticRoutes, shared) = Compile(definition.StaticRoutes, problems);
        var places = new Dictionary<string, DomainDefinition>(StringComparer.OrdinalIgnoreCase);
        var domains = new List<DomainRoutes>();
        foreach (var domain in definition.Domains)
        {
            if (!places.TryAdd(domain.Domain, domain)) problems.Add(domain.At.Problem($"the domain {Quoted.Text(domain.Domain)} a second time, first in line {places[domain.Domain].At.Line}; expected each domain once. Put its routes together."));
            var (routes, own) = Compile(domain.Routes, problems);
            domains.Add(new(domain.Domain.ToLowerInvariant(), domain.Theme, routes, own, shared));
        }

        return problems.Count == before ? new(domains, new("", definition.DefaultTheme, [], new(), shared), staticRoutes) : null;
    }

    /// <summary>What holds for a host: of the domains that match it the most specific one, or else <see cref="Other"/>.</summary>
    /// <param name="host">The host without its port.</param>
    public DomainRoutes FindDomain(ReadOnlySpan<char> host)
    {
        // A longer name is none of DNS, and is not worth a look-up for each of its dots.
        if (host.Length > 253) return Other;
        if (hosts.TryGetValue(host, out var exact)) return exact;
        for (int dot; (dot = host.IndexOf('.')) >= 0;)
        {
            host = host[(dot + 1)..];
            if (suffixes.TryGetValue(host, out var domain)) return domain;
        }

        return Other;
    }

    private static (IReadOnlyList<Route> Routes, PathTable Table) Compile(IReadOnlyList<RouteDefinition> definitions, ICollection<Problem> problems)
    {
        var (routes, table) = (new List<Route>(), new PathTable());
        foreach (var definition in definitions)
        {
            if (Compile(definition, problems) is not { } route || !definition.Enabled) continue;
            routes.Add(route);
            if (table.Add(route) is { } other)
                problems.Add(definition.At.Problem($"{definition.Name}: {route} can't be told apart from {other} in line {other.Definition.At.Line}; expected one route for a path and method. Remove one, or change it."));
        }

        return (routes, table);
    }

    private static Route? Compile(RouteDefinition definition, ICollection<Problem> problems)
    {
        if (!RoutePattern.TryParse(definition.Path, out var pattern, out var complaint))
        {
            problems.Add(definition.At.Problem($"{definition.Name}: {complaint}"));
            return null;
        }

        if (definition.Redirect is null) return new(definition, pattern, null);
        if (RedirectTarget.TryParse(definition.Redirect, out var target, out complaint))
        {
            if (target.UnknownName(pattern) is { } name) complaint = $"{{{name}}} is not captured; expected a name of the path {Quoted.Text(pattern.Text)}.";
            else if (pattern.IsLiteral && definition.Redirect == pattern.Text) complaint = "leads to the route itself; expected another place.";
            else return new(definition, pattern, target);
        }

        problems.Add(definition.At.Problem($"{definition.Name[..^"path".Length]}redirect: {complaint}"));
        return null;
    }

    private static Dictionary<string, DomainRoutes>.AlternateLookup<ReadOnlySpan<char>> Lookup(IEnumerable<DomainRoutes> domains, int skip) =>
        domains.ToDictionary(domain => domain.Name[skip..], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
