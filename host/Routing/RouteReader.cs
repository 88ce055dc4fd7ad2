using System.Diagnostics.CodeAnalysis;
using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>Reads one route of routes.json.</summary>
internal static class RouteReader
{
    private static readonly (string, string)[] Methods = [.. new[] { "GET", "POST", "PUT", "PATCH", "DELETE", "*" }.Select(method => (method, method))];

    /// <summary>The route; null where it has no path. What is wrong is said to the section.</summary>
    public static RouteDefinition? Read(SectionReader section)
    {
        section.Require("path", "a path such as /news/{id}");
        var path = section.Optional<string>("path", Names.TryParseLine);
        var route = new RouteDefinition
        {
            Path = path ?? "",
            Method = section.Choice("method", "GET", Methods),
            Handler = section.Optional<string>("handler", Names.TryParseHandler),
            Template = section.Optional<string>("template", TemplateName.TryParse),
            Enabled = section.Flag("enabled", true),
            Description = section.Optional<string>("description", Names.TryParseLine),
            Redirect = section.Optional<string>("redirect", Names.TryParseLine),
            Status = section.Number("status", 302, 301, 308),
            Cache = Cache(section),
            Auth = Auth(section),
            ContentType = section.Optional<string>("content_type", MediaType.TryParse),
            At = section.At("path"),
            Name = $"{section.Path}.path",
        };
        CheckRedirect(section, route);
        section.Close();
        return path is null ? null : route;
    }

    private static RouteCache Cache(SectionReader route)
    {
        switch (route.Ask("cache"))
        {
            case null:
                return RouteCache.Default;
            case { Kind: NodeKind.Scalar, Style: ScalarStyle.Plain, Text: "false" }:
                return RouteCache.Off;
            case { Kind: NodeKind.Map } map:
                var cache = new SectionReader(map, $"{route.Path}.cache", route.Problems);
                var seconds = cache.Number("ttl", 3600, 1, 31_536_000, "seconds", without: "that of config.yaml");
                var names = cache.List<string>("vary_query", [], QueryName);
                cache.Close();
                return new(true, cache.Has("ttl") ? TimeSpan.FromSeconds(seconds) : null, cache.Has("vary_query") ? names : null);
            case var other:
                route.Refuse("cache", $"{Quoted.Node(other)}; expected false, or a map with the keys ttl, vary_query. Leave it out to keep the page as config.yaml says.");
                return RouteCache.Default;
        }
    }

    private static RouteAuth? Auth(SectionReader route)
    {
        switch (route.Ask("auth"))
        {
            case null or { Kind: NodeKind.Scalar, Style: ScalarStyle.Plain, Text: "false" }:
                return null;
            case { Kind: NodeKind.Scalar, Style: ScalarStyle.Plain, Text: "true" }:
                return new([]);
            case { Kind: NodeKind.List, Items.Count: > 0 }:
                return new(route.List<string>("auth", [], Names.TryParsePermission));
            case var other:
                route.Refuse("auth", $"{(other.Kind == NodeKind.List ? "an empty list" : Quoted.Node(other))}; expected true, or a list of permissions. Write true for any visitor who has signed in.");
                return null;
        }
    }

    private static void CheckRedirect(SectionReader section, RouteDefinition route)
    {
        if (route.Status is not (301 or 302 or 307 or 308)) section.Refuse("status", $"{route.Status}; expected 301, 302, 307 or 308. Leave it out for 302.");
        if (!section.Has("redirect"))
        {
            if (section.Has("status")) section.Refuse("status", "without redirect; expected both or neither. Remove it: a plugin gives a page's status.");
            return;
        }

        foreach (var key in new[] { "handler", "template", "cache", "content_type" })
        {
            if (section.Has(key)) section.Refuse(key, "beside redirect, which shows no page; expected one of the two. Remove one.");
        }
    }

    private static bool QueryName(string text, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out string? complaint)
    {
        if (!QueryNames.TryParse(text, out name, out complaint)) return false;
        if (!text.Contains('*', StringComparison.Ordinal)) return true;
        name = null;
        complaint = $"{Quoted.Text(text)}; expected the whole name of a query parameter.";
        return false;
    }
}
