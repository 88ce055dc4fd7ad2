namespace Platform.Host.Themes;

/// <summary>Which template names a URL path can mean.</summary>
internal static class PageNames
{
    private static readonly string[] Reserved = ["widgets", "public", "themes"];

    /// <summary><c>/</c> is <c>index</c>; <c>/a/b</c> is <c>a/b</c>, then <c>a/b/index</c>.</summary>
    public static string[] Of(string path)
    {
        if (path == "/") return ["index"];
        return path.Length > 1 && path[0] == '/' && path[^1] != '/' ? [path[1..], path[1..] + "/index"] : [];
    }

    /// <summary>False for partials, widgets, hidden and error pages, and for the long names of shared pages.</summary>
    public static bool MayBeUrl(string name)
    {
        if (name is "404" or "500") return false;
        var segments = name.Split('/');
        return !Reserved.Contains(segments[0], StringComparer.Ordinal)
            && segments.All(segment => segment.Length > 0 && segment[0] is not ('_' or '.'));
    }
}
